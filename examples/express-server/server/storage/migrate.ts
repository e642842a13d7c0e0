import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Pool, PoolClient } from "pg";

const folder = new URL("../../migrations/", import.meta.url);
/** Any number will do, as long as nobody else uses it: it keeps two servers from migrating at once. */
const lockKey = 7_210_453;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Brings the database to what this server knows, in one transaction: it is done, or nothing is. */
export async function migrate(pool: Pool): Promise<readonly string[]> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [lockKey]);
    const applied = await applyMissing(client, readMigrations());
    await client.query("commit");
    failed = false;
    return applied;
  } finally {
    // A connection in an unknown state is closed, which also ends its transaction.
    client.release(failed);
  }
}

async function applyMissing(client: PoolClient, migrations: readonly Migration[]) {
  await client.query("create schema if not exists wasmforge");
  await client.query(
    "create table if not exists wasmforge.migrations " +
      "(name text primary key, sha256 text not null, applied_at timestamptz not null default now())",
  );
  const { rows } = await client.query<{ name: string; sha256: string }>(
    "select name, sha256 from wasmforge.migrations",
  );
  const done = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
  refuseForeign(done, migrations);
  const missing = migrations.filter(({ name }) => !done.has(name));
  for (const { name, sql, sha256 } of missing) {
    await client.query(sql);
    await client.query("insert into wasmforge.migrations (name, sha256) values ($1, $2)", [name, sha256]);
  }
  return missing.map(({ name }) => name);
}

function refuseForeign(done: ReadonlyMap<string, string>, migrations: readonly Migration[]) {
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of done) {
    if (!known.has(name)) {
      throw new Error(
        `The database is of a newer server: it has the migration ${name}. Start that server instead.`,
      );
    }
    if (known.get(name) !== sha256) {
      throw new Error(`The migration ${name} was changed after it was applied: add another one instead.`);
    }
  }
}

function readMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, folder), "utf8");
      return {
        name: file.slice(0, -".sql".length),
        sql,
        sha256: createHash("sha256").update(sql).digest("hex"),
      };
    });
}
