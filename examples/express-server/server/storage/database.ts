import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";
import type { Pool } from "pg";
import * as schema from "./schema.js";

export type Database = NodePgDatabase<typeof schema>;
/** The database, or a transaction in it. */
export type Executor = PgDatabase<NodePgQueryResultHKT, typeof schema>;

export function toDatabase(pool: Pool): Database {
  return drizzle(pool, { schema });
}
