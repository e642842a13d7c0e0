import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyEmbedded } from "../../../test/databases.js";
import { createDatabaseWorker, EmbeddedDatabase } from "./embedded-database.js";
import { createEmbeddedPool } from "./embedded-pool.js";

let folder: string;
let worker: Worker;
let database: EmbeddedDatabase;
let pool: Pool;

function open() {
  database = new EmbeddedDatabase(folder, (files) => {
    worker = createDatabaseWorker(files);
    return worker;
  });
  pool = createEmbeddedPool(database, { queryTimeoutMs: 30_000 });
  pool.on("error", () => {});
}

async function close() {
  await pool.end();
  await database.close();
}

/** A descriptor may be closed while it is looked at. */
function isOpenBelow(path: string, descriptor: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(path);
  } catch {
    return false;
  }
}

beforeEach(async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "embedded-"));
  await copyEmbedded(dataFolder);
  folder = join(dataFolder, "database");
  open();
  await pool.query("create table kept (n integer)");
});
afterEach(async () => {
  await close();
  rmSync(dirname(folder), { recursive: true, force: true });
});

function megabytesIn(path: string): number {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  return bytes.reduce((sum, size) => sum + size, 0) / 1e6;
}

async function numbers(): Promise<unknown[]> {
  const { rows } = await pool.query("select n from kept order by n");
  return rows.map(({ n }) => n);
}

it("keeps what was committed for the next time it is opened", async () => {
  await pool.query("insert into kept values (1)");
  await close();
  open();
  expect(await numbers()).toEqual([1]);
});

it("goes on after an error, in or outside a transaction", async () => {
  await expect(pool.query("select nothing")).rejects.toMatchObject({ code: "42703" });
  const client = await pool.connect();
  await client.query("begin");
  await client.query("insert into kept values ($1)", [1]);
  await expect(client.query("insert into kept values ($1)", ["x"])).rejects.toMatchObject({ code: "22P02" });
  await client.query("rollback");
  client.release();
  expect(await numbers()).toEqual([]);
});

it("undoes what a connection leaves open", async () => {
  const client = await pool.connect();
  await client.query("begin");
  await client.query("insert into kept values (1)");
  client.release(true);
  expect(await numbers()).toEqual([]);
});

it("gives back the room of what was deleted, and of its log", { timeout: 120_000 }, async () => {
  await pool.query("create table texts (n integer, text text)");
  const before = megabytesIn(folder);
  for (let n = 0; n < 100; n += 1) {
    const client = await pool.connect();
    await client.query("begin");
    // What does not get smaller.
    await client.query("insert into texts values ($1, $2)", [n, randomBytes(750_000).toString("base64")]);
    await client.query("delete from texts where n < $1", [n]);
    await client.query("commit");
    client.release();
  }
  expect(megabytesIn(folder) - before).toBeLessThan(120);
  const { rows } = await pool.query("select n from texts");
  expect(rows).toEqual([{ n: 99 }]);
});

it("keeps less in memory than a database with a machine of its own", async () => {
  const { rows } = await pool.query("show shared_buffers");
  expect(rows).toEqual([{ shared_buffers: "32MB" }]);
});

it.runIf(existsSync("/proc/self/fd"))("keeps few of its files open, however many it has tidied", async () => {
  await pool.query("vacuum");
  const open = readdirSync("/proc/self/fd").filter((fd) => isOpenBelow(folder, fd));
  expect(open.length).toBeGreaterThan(10);
  expect(open.length).toBeLessThan(70);
});

it("comes back when its thread dies, with all that was committed and nothing else", async () => {
  await pool.query("insert into kept values (1)");
  const client = await pool.connect();
  client.on("error", () => {});
  await client.query("begin");
  await client.query("insert into kept values (2)");
  const query = client.query("select count(*) from generate_series(1, 100000000)");
  await worker.terminate();
  await expect(query).rejects.toThrow();
  client.release(true);
  expect(await numbers()).toEqual([1]);
});

it("carries large values whole", async () => {
  const text = "ä🙈\n".repeat(500_000);
  const { rows } = await pool.query("select $1::text as text, length($1) as length", [text]);
  expect(rows[0].text === text).toBe(true);
});

it("keeps the event loop free while it works", async () => {
  const query = pool.query("select count(*) from generate_series(1, 3000000)");
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 5);
  await query;
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

it("gives a late answer to nobody", async () => {
  const client = await pool.connect();
  const slow = client.query("select count(*) as late from generate_series(1, 1000000)");
  client.release(true);
  await expect(slow).rejects.toThrow();
  const { rows } = await pool.query("select 1 as mine");
  expect(rows).toEqual([{ mine: 1 }]);
});
