import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pg, { type ClientConfig, type Pool } from "pg";
import type { DatabaseConfiguration } from "../configuration/index.js";
import { createEmbeddedPool, EmbeddedDatabase } from "./embedded/index.js";

const queryTimeoutMs = 15_000;
/** It shares this machine's cores with everything else. */
const embeddedQueryTimeoutMs = 60_000;
/** Whoever listens must notice soon that nobody speaks any more. */
const heartbeatTimeoutMs = 3_000;

/** A way to the database, whichever it is. */
export interface Connection {
  readonly pool: Pool;
  /** A connection beside the pool's, for listening. Absent where nobody else can change anything. */
  readonly createListener?: () => pg.Client;
  close(): Promise<void>;
}

export function createConnection(
  configuration: DatabaseConfiguration,
  dataFolder: string,
  onLost: (error: Error) => void,
): Connection {
  const connection = configuration.kind === "embedded" ? toEmbedded(dataFolder) : toServer(configuration);
  // A connection that breaks while nobody uses it: the pool has dropped it already.
  connection.pool.on("error", onLost);
  return connection;
}

function toServer(configuration: Extract<DatabaseConfiguration, { kind: "postgres" }>): Connection {
  const { connection, certificate, poolSize } = configuration;
  const options: ClientConfig = {
    ...(typeof connection === "string"
      ? { connectionString: certificate ? withoutSslMode(connection) : connection }
      : connection),
    ...(certificate && { ssl: { ca: certificate } }),
    application_name: "wasmforge",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    query_timeout: queryTimeoutMs,
    statement_timeout: queryTimeoutMs,
    idle_in_transaction_session_timeout: queryTimeoutMs,
  };
  const pool = new pg.Pool({ ...options, max: poolSize, idleTimeoutMillis: 60_000 });
  return {
    pool,
    createListener: () => new pg.Client({ ...options, query_timeout: heartbeatTimeoutMs }),
    close: () => pool.end(),
  };
}

function toEmbedded(dataFolder: string): Connection {
  const folder = join(dataFolder, "database");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new EmbeddedDatabase(folder);
  const pool = createEmbeddedPool(database, { queryTimeoutMs: embeddedQueryTimeoutMs });
  return {
    pool,
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}

/** The client would let it take the place of the certificate. */
function withoutSslMode(connection: string): string {
  const url = new URL(connection);
  url.searchParams.delete("sslmode");
  return url.href;
}
