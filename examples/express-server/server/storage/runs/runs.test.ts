import { beforeEach, describe, expect, it } from "vitest";
import { describeBothDatabases } from "../../../test/databases.js";
import { aRun, storeUploads } from "../../../test/samples.js";
import type { Database } from "../database.js";
import { deletePlugin, findPlugin, findSource } from "../plugins/index.js";
import {
  deleteRunsBefore,
  findRun,
  type RunRecord,
  searchRuns,
  storeRuns,
  summarizeActivity,
  summarizePlugin,
} from "./index.js";

const ada = { name: "ada", isAdmin: false };
const long = new Date(0);

describeBothDatabases("the history of runs", (opened) => {
  let database: Database;
  let plugin: Pick<RunRecord, "pluginId" | "pluginName" | "version">;
  beforeEach(async () => {
    database = opened().storage.database;
    await storeUploads(database, ["a"], ada);
    const { pluginId, name, version } = await findSource(database, "a");
    plugin = { pluginId, pluginName: name, version };
  });

  it("keeps everything of a run but its content", async () => {
    const run = aRun({
      ...plugin,
      userName: "bob",
      status: "stopped",
      reason: "timeout",
      errorMessage: "too long: '\"\\ 🙈",
      audit: [{ op: "call_ai", target: "llama3.2:latest", decision: "served", atMs: 1.5, requestBytes: 10 }],
    });
    await storeRuns(database, [run]);
    const { pluginId: _, ...shown } = run;
    expect(await findRun(database, run.id, "all")).toEqual(shown);
  });

  it("counts each run once, however often it is handed in", async () => {
    const runs = [aRun(plugin), aRun({ ...plugin, status: "failed" }), aRun({ ...plugin, status: "failed" })];
    await storeRuns(database, runs);
    await storeRuns(database, [...runs, aRun({ ...plugin, status: "stopped", reason: "memory" })]);
    expect(await summarizePlugin(database, "a", long)).toMatchObject({
      completed: 1,
      failed: 2,
      stopped: 1,
      recent: { completed: 1, failed: 2, stopped: 1, p50Ms: 2, calls: 4, tokens: 120 },
      reasons: { memory: 1 },
    });
    expect((await findPlugin(database, "a")).runs).toBe(4);
    expect(await searchRuns(database, { viewer: "all", limit: 10 })).toHaveLength(4);
  });

  it("is kept of plugins that are gone", async () => {
    const [before, after] = [aRun(plugin), aRun(plugin)];
    await storeRuns(database, [before]);
    await deletePlugin(database, "a", ada);
    await storeRuns(database, [after]);
    const kept = await searchRuns(database, { viewer: "all", plugin: "a", limit: 10 });
    expect(kept.map(({ id }) => id).sort()).toEqual([before.id, after.id].sort());
  });

  it("is whole when much is stored at once from several sides", async () => {
    const batches = Array.from({ length: 6 }, () => Array.from({ length: 50 }, () => aRun(plugin)));
    await Promise.all(batches.map((batch) => storeRuns(database, batch)));
    expect((await findPlugin(database, "a")).runs).toBe(300);
  });

  it("takes nothing of a batch in which one record is impossible", async () => {
    const impossible = { ...aRun(plugin), status: "sleeping" } as unknown as RunRecord;
    await expect(storeRuns(database, [aRun(plugin), impossible])).rejects.toThrow();
    expect(await searchRuns(database, { viewer: "all", limit: 10 })).toEqual([]);
    expect((await findPlugin(database, "a")).runs).toBe(0);
  });

  it("is cleared of what is old, while the counts stay", async () => {
    await storeRuns(database, [aRun({ ...plugin, startedAt: new Date("2020-01-01") }), aRun(plugin)]);
    await deleteRunsBefore(database, new Date("2021-01-01"));
    expect(await searchRuns(database, { viewer: "all", limit: 10 })).toHaveLength(1);
    expect((await findPlugin(database, "a")).runs).toBe(2);
  });

  describe("seen by a user", () => {
    const mine = aRun({ userName: "bob" });
    const others = aRun({ userName: "eve" });

    it("is of his own runs and those of his plugins", async () => {
      const ofPlugin = aRun({ ...plugin, userName: "eve" });
      await storeRuns(database, [mine, others, ofPlugin]);
      const seen = async (user: string) =>
        (await searchRuns(database, { viewer: { user }, limit: 10 })).map(({ id }) => id).sort();
      expect(await seen("bob")).toEqual([mine.id]);
      expect(await seen("ada")).toEqual([ofPlugin.id]);
      expect(await seen("eve")).toEqual([others.id, ofPlugin.id].sort());
      await expect(findRun(database, others.id, { user: "bob" })).rejects.toMatchObject({
        code: "not_found",
      });
    });
  });

  describe("page by page", () => {
    it("shows every run once, also those of the same moment", async () => {
      const startedAt = new Date("2026-01-01T00:00:00.123Z");
      const runs = Array.from({ length: 25 }, () => aRun({ startedAt }));
      await storeRuns(database, runs);
      const seen: string[] = [];
      for (;;) {
        const last = runs.find(({ id }) => id === seen.at(-1));
        const page = await searchRuns(database, { viewer: "all", limit: 10, before: last });
        if (page.length === 0) break;
        seen.push(...page.map(({ id }) => id));
      }
      expect(seen.sort()).toEqual(runs.map(({ id }) => id).sort());
    });
  });

  it("is summed up by the hour and by the day", async () => {
    const at = (time: string, fields: Partial<RunRecord> = {}) =>
      aRun({ startedAt: new Date(time), ...fields });
    await storeRuns(database, [
      at("2026-03-01T10:05:00Z", { wallMs: 10 }),
      at("2026-03-01T10:55:00Z", { wallMs: 30, status: "failed" }),
      at("2026-03-01T23:59:59Z", { status: "stopped", reason: "memory" }),
      at("2026-02-01T00:00:00Z"),
    ]);
    const since = new Date("2026-03-01");
    expect(await summarizeActivity(database, { viewer: "all", since, step: "hour" })).toEqual([
      expect.objectContaining({ from: new Date("2026-03-01T10:00:00Z"), completed: 1, failed: 1, p50Ms: 20 }),
      expect.objectContaining({ from: new Date("2026-03-01T23:00:00Z"), stopped: 1 }),
    ]);
    expect(await summarizeActivity(database, { viewer: "all", since, step: "day" })).toEqual([
      expect.objectContaining({ from: since, completed: 1, failed: 1, stopped: 1, tokens: 90 }),
    ]);
    expect(await summarizeActivity(database, { viewer: { user: "bob" }, since, step: "day" })).toEqual([]);
  });

  it("is summed up for a plugin that never ran", async () => {
    expect(await summarizePlugin(database, "a", long)).toMatchObject({
      completed: 0,
      lastRunAt: null,
      days: [],
    });
    await expect(summarizePlugin(database, "b", long)).rejects.toMatchObject({ code: "not_found" });
  });
});
