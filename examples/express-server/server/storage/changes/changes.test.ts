import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { installingMs } from "../../../test/debian.js";
import { createPostgres, type Postgres } from "../../../test/postgres.js";
import { anUpload } from "../../../test/samples.js";
import { deletePlugin, storeUpload } from "../plugins/index.js";
import { createStorage, type Storage } from "../storage.js";
import { type Change, channel } from "./index.js";

const ada = { name: "ada", isAdmin: false };

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

function listen({ changes }: Storage) {
  const heard: (Change | "reset")[] = [];
  const waiting: (() => void)[] = [];
  const hear = (what: Change | "reset") => {
    heard.push(what);
    waiting.shift()?.();
  };
  changes.listen({ onChange: hear, onReset: () => hear("reset") });
  return { heard, next: () => new Promise<void>((resolve) => waiting.push(resolve)) };
}

it("reach another server when, and only when, they are committed", async () => {
  await using one = await open();
  await using other = await open();
  const { heard, next } = listen(other);
  await storeUpload(one.database, anUpload("a"), ada, { maxPlugins: 0, maxVersions: 1 }).catch(() => {});
  const told = next();
  await storeUpload(one.database, anUpload("b"), ada, { maxPlugins: 1, maxVersions: 1 });
  await told;
  expect(heard).toEqual([{ plugin: "b" }]);
});

it("are what a server says, not what somebody else may say", async () => {
  await using one = await open();
  const { heard, next } = listen(one);
  for (const said of ["", "{", '{"plugin": 1}', '{"other": "x"}', "[]"]) {
    await one.database.execute(sql`select pg_notify(${channel}, ${said})`);
  }
  const told = next();
  await one.database.execute(sql`select pg_notify(${channel}, '{"token": "t"}')`);
  await told;
  expect(heard).toEqual([{ token: "t" }]);
});

it("may have been missed while the database was away: everything is reset, twice", async () => {
  await using one = await open();
  const { heard, next } = listen(one);
  expect(one.changes.live).toBe(true);
  const lost = next();
  await postgres?.kill();
  await lost;
  expect(one.changes.live).toBe(false);
  const back = next();
  await postgres?.start();
  await back;
  expect(one.changes.live).toBe(true);
  const told = next();
  await storeUpload(one.database, anUpload("a"), ada, { maxPlugins: 1, maxVersions: 1 });
  await told;
  expect(heard).toEqual(["reset", "reset", { plugin: "a" }]);
  await deletePlugin(one.database, "a", ada);
});
