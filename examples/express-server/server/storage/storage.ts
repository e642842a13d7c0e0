import type { Pool } from "pg";
import { ConfigurationError, type DatabaseConfiguration } from "../configuration/index.js";
import { type ChangeFeed, LocalChangeFeed, PostgresChangeFeed } from "./changes/index.js";
import { type Connection, createConnection } from "./connect.js";
import { type Database, toDatabase } from "./database.js";
import { isDatabaseAway } from "./is-database-away.js";
import { migrate } from "./migrate.js";

/** Everything the server keeps. What can be done with it is in the folders beside this file. */
export interface Storage extends AsyncDisposable {
  readonly database: Database;
  readonly changes: ChangeFeed;
  /** The migrations that were missing. */
  readonly migrated: readonly string[];
  /** Rejects while the database cannot be reached. */
  ping(): Promise<void>;
}

export interface StorageOptions {
  readonly database: DatabaseConfiguration;
  readonly dataFolder: string;
  /** A connection that nobody used was lost. */
  readonly onLost?: (error: Error) => void;
}

export async function createStorage({ database, dataFolder, onLost }: StorageOptions): Promise<Storage> {
  const connection = createConnection(database, dataFolder, onLost ?? (() => {}));
  try {
    const migrated = await orSayWhere(migrate(connection.pool), database);
    const changes = await createFeed(connection);
    return {
      database: toDatabase(connection.pool),
      changes,
      migrated,
      ping: () => ping(connection.pool),
      [Symbol.asyncDispose]: once(async () => {
        await changes.close();
        await connection.close();
      }),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Whoever starts a server is to read which setting leads to nothing. */
async function orSayWhere<T>(attempt: Promise<T>, { kind }: DatabaseConfiguration): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (kind === "embedded" || !isDatabaseAway(error)) throw error;
    throw new ConfigurationError([
      `DATABASE_URL (or DB_HOST) leads to a database that cannot be reached: ${toReason(error)}`,
    ]);
  }
}

function toReason(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  return message || code || "no reason was given";
}

async function createFeed({ createListener }: Connection): Promise<ChangeFeed> {
  if (createListener === undefined) return new LocalChangeFeed();
  const feed = new PostgresChangeFeed(createListener);
  await feed.connect();
  return feed;
}

async function ping(pool: Pool): Promise<void> {
  await pool.query("select 1");
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
