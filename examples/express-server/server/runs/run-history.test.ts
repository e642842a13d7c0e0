import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeBothDatabases } from "../../test/databases.js";
import { aRun } from "../../test/samples.js";
import { toLogger } from "../observability/index.js";
import { findRun, type RunRecord, searchRuns } from "../storage/runs/index.js";
import { RunJournal } from "./journal.js";
import { RunHistory } from "./run-history.js";

const onFault = (error: Error): never => {
  throw error;
};

describeBothDatabases("the way into the history", (opened) => {
  let folder: string;
  let history: RunHistory;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
    history = open();
  });
  afterEach(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open() {
    const { storage } = opened();
    return new RunHistory({
      storage,
      journal: new RunJournal(folder, onFault),
      days: 90,
      log: toLogger("silent"),
    });
  }
  const stored = async () =>
    (await searchRuns(opened().storage.database, { viewer: "all", limit: 5_000 })).map(({ id }) => id).sort();
  const idsOf = (runs: readonly RunRecord[]) => runs.map(({ id }) => id).sort();

  it("is gone when it was asked for", async () => {
    const runs = Array.from({ length: 1_200 }, () => aRun());
    for (const run of runs) history.begin(run).end(run);
    await history.flush();
    expect(await stored()).toEqual(idsOf(runs));
    expect(history.waiting).toBe(0);
  });

  it("is gone when the server stops, and nothing is left in the journal", async () => {
    const run = aRun();
    history.begin(run).end(run);
    await history.close();
    expect(await stored()).toEqual([run.id]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is gone again after the server was killed", async () => {
    const [ended, interrupted] = [aRun(), aRun({ userName: "ada" })];
    history.begin(ended).end(ended);
    history.begin(interrupted);
    const journal = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    await expect
      .poll(() => journal().join(), { timeout: 30_000 })
      .toContain(`{"begin":{"id":"${interrupted.id}"`);
    const next = open();
    expect(await next.adopt()).toBe(2);
    const { database } = opened().storage;
    expect(await findRun(database, ended.id, "all")).toMatchObject({ status: "completed" });
    expect(await findRun(database, interrupted.id, "all")).toMatchObject({
      status: "stopped",
      reason: "interrupted",
      userName: "ada",
    });
    expect(await next.adopt()).toBe(0);
    await next.close();
  });

  it("is not blocked by a run that the database does not take", async () => {
    const runs = Array.from({ length: 20 }, () => aRun());
    const impossible = aRun({ errorMessage: "\0" });
    for (const run of [...runs.slice(0, 7), impossible, ...runs.slice(7)]) history.begin(run).end(run);
    await history.flush();
    expect(await stored()).toEqual(idsOf(runs));
  });
});

it("waits while the database is away", async () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  const away = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  const kept: unknown[] = [];
  let isAway = true;
  const database = {
    execute: async (query: unknown) => {
      if (isAway) throw away;
      kept.push(query);
    },
  };
  const journal = new RunJournal(folder, onFault);
  const storage = { database } as never;
  const history = new RunHistory({ storage, journal, days: 1, log: toLogger("silent") });
  const run = aRun();
  history.begin(run).end(run);
  await expect(history.flush()).rejects.toBe(away);
  expect(history.waiting).toBe(1);
  isAway = false;
  await history.flush();
  expect(history.waiting).toBe(0);
  expect(kept).toHaveLength(1);
  await history.close();
  rmSync(folder, { recursive: true });
});
