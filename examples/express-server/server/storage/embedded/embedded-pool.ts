import pg from "pg";
import type { EmbeddedDatabase } from "./embedded-database.js";

/** The same client as for a server, over another wire. */
export function createEmbeddedPool(
  database: EmbeddedDatabase,
  { queryTimeoutMs }: { queryTimeoutMs: number },
): pg.Pool {
  return new pg.Pool({
    user: "postgres",
    database: "postgres",
    ssl: false,
    stream: () => database.connect(),
    // It has room for one. Whoever holds it in a transaction must not wait for a second one.
    max: 1,
    idleTimeoutMillis: 0,
    query_timeout: queryTimeoutMs,
  });
}
