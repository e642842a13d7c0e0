import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { installingMs } from "../../test/debian.js";
import { createPostgres, type Postgres, query } from "../../test/postgres.js";
import { findPlugin, findSource, listPlugins } from "./plugins/index.js";
import { createStorage } from "./storage.js";

let postgres: Postgres | undefined;
let url: string;

beforeAll(async () => {
  postgres = await createPostgres();
}, installingMs);
afterAll(() => postgres?.[Symbol.asyncDispose]());
beforeEach(async ({ skip }) => {
  if (postgres === undefined) return skip("there is no PostgreSQL here");
  url = await postgres.createDatabase();
});

const open = () =>
  createStorage({ database: { kind: "postgres", connection: url, poolSize: 3 }, dataFolder: "unused" });

it("is done once when several servers start at the same time", async () => {
  const storages = await Promise.all([open(), open(), open()]);
  expect(storages.flatMap(({ migrated }) => migrated).sort()).toEqual([
    "0001-plugins",
    "0002-first-wasmforge",
  ]);
  await Promise.all(storages.map((storage) => storage[Symbol.asyncDispose]()));
});

it("leaves nothing behind when it fails", async () => {
  await query(url, "create schema wasmforge; create table wasmforge.runs ()");
  await expect(open()).rejects.toThrow(/already exists/);
  expect(await query(url, "select tablename from pg_tables where schemaname = 'wasmforge'")).toEqual([
    { tablename: "runs" },
  ]);
});

it("refuses the database of a newer server, and says so", async () => {
  await (await open())[Symbol.asyncDispose]();
  await query(url, "insert into wasmforge.migrations values ('9999-future', 'x')");
  await expect(open()).rejects.toThrow(/of a newer server: it has the migration 9999-future/);
});

it("refuses to go on when an applied migration was changed", async () => {
  await (await open())[Symbol.asyncDispose]();
  await query(url, "update wasmforge.migrations set sha256 = 'x' where name = '0001-plugins'");
  await expect(open()).rejects.toThrow(/0001-plugins was changed/);
});

it("carries on with the plugins of a database of the first WasmForge", async () => {
  await query(
    url,
    `create table plugins (name varchar primary key, code text, description text, input_type varchar,
       input_hint text, calls integer, created_at timestamp, updated_at timestamp);
     insert into plugins values
       ('summarize', 'print("é")', 'short', 'text', 'a text', 2, '2024-01-02 03:04:05', '2024-02-03'),
       ('odd', 'pass', null, 'video', null, 0, null, null)`,
  );
  await using storage = await open();
  expect(await findPlugin(storage.database, "summarize")).toMatchObject({
    owner: null,
    version: 1,
    description: "short",
    calls: 2,
  });
  expect(await findSource(storage.database, "summarize")).toMatchObject({ code: 'print("é")' });
  expect(await listPlugins(storage.database)).toContainEqual({
    name: "odd",
    description: "",
    inputType: "text",
    inputHint: "",
    calls: 1,
  });
  expect(await query(url, "select count(*)::int as count from public.plugins")).toEqual([{ count: 2 }]);
});

it("leaves alone another program's table of the same name", async () => {
  await query(url, "create table plugins (name text, price integer); insert into plugins values ('x', 1)");
  await using storage = await open();
  expect(await listPlugins(storage.database)).toEqual([]);
});
