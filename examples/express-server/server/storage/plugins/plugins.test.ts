import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { describeBothDatabases } from "../../../test/databases.js";
import { anUpload, aRun, storeUploads } from "../../../test/samples.js";
import type { Database } from "../database.js";
import { storeReview } from "../reviews/index.js";
import { findRun, storeRuns, summarizePlugin } from "../runs/index.js";
import {
  deletePlugin,
  editPlugin,
  findPlugin,
  findSource,
  listPlugins,
  listTags,
  listVersions,
  type PluginSearch,
  restoreVersion,
  searchPlugins,
  storeUpload,
} from "./index.js";

const ada = { name: "ada", isAdmin: false };
const bob = { name: "bob", isAdmin: false };
const admin = { name: "admin", isAdmin: true };
const limits = { maxPlugins: 50, maxVersions: 50 };

describeBothDatabases("plugins", (opened) => {
  let database: Database;
  beforeEach(() => {
    database = opened().storage.database;
  });

  describe("an upload", () => {
    it("makes a plugin that belongs to its publisher", async () => {
      const upload = anUpload("summarize", { description: "short", inputType: "file", tags: ["text", "ai"] });
      expect(await storeUpload(database, upload, ada, limits)).toEqual({ version: 1 });
      expect(await findPlugin(database, "summarize")).toMatchObject({
        name: "summarize",
        owner: "ada",
        version: 1,
        description: "short",
        inputType: "file",
        tags: ["ai", "text"],
        runs: 0,
        rating: null,
        reviews: 0,
      });
      expect(await findSource(database, "summarize")).toMatchObject({
        code: upload.code,
        sha256: upload.sha256,
      });
    });

    it("keeps what was there before as a version, and the tags unless it brings some", async () => {
      await storeUpload(database, anUpload("a", { code: "one", tags: ["x"] }), ada, limits);
      expect(await storeUpload(database, anUpload("a", { code: "two" }), ada, limits)).toEqual({
        version: 2,
      });
      expect(await findSource(database, "a")).toMatchObject({ version: 2, code: "two" });
      expect(await findSource(database, "a", 1)).toMatchObject({ version: 1, code: "one" });
      expect(await findPlugin(database, "a")).toMatchObject({ tags: ["x"] });
      expect((await listVersions(database, "a")).map(({ version }) => version)).toEqual([2, 1]);
    });

    it("is refused where the plugin belongs to somebody else, and changes nothing", async () => {
      await storeUpload(database, anUpload("a", { code: "ada's" }), ada, limits);
      await expect(
        storeUpload(database, anUpload("a", { code: "bob's" }), bob, limits),
      ).rejects.toMatchObject({
        code: "forbidden",
      });
      expect(await findSource(database, "a")).toMatchObject({ version: 1, code: "ada's" });
    });

    it("by an admin does not take the plugin away from its owner", async () => {
      await storeUpload(database, anUpload("a"), ada, limits);
      await storeUpload(database, anUpload("a"), admin, limits);
      expect(await findPlugin(database, "a")).toMatchObject({ owner: "ada", version: 2 });
    });

    it("of many at once gives each a version of its own", async () => {
      const uploads = Array.from({ length: 8 }, (_, index) => anUpload("a", { code: `# ${index}` }));
      const stored = await Promise.all(uploads.map((upload) => storeUpload(database, upload, ada, limits)));
      expect(stored.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      const current = await findSource(database, "a");
      expect(current.version).toBe(8);
      expect(current.code).toBe(uploads[stored.findIndex(({ version }) => version === 8)]?.code);
    });

    it("of two users at once belongs to one of them", async () => {
      const results = await Promise.allSettled(
        [ada, bob].map((publisher) =>
          storeUpload(database, anUpload("a", { code: publisher.name }), publisher, limits),
        ),
      );
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const { owner } = await findPlugin(database, "a");
      expect(await findSource(database, "a")).toMatchObject({ code: owner, version: 1 });
    });

    it("is refused when the server is full, except for what is there already", async () => {
      await storeUpload(database, anUpload("a"), ada, { ...limits, maxPlugins: 1 });
      await expect(storeUpload(database, anUpload("b"), ada, { ...limits, maxPlugins: 1 })).rejects.toThrow(
        /keeps 1 plugins/,
      );
      expect(await storeUpload(database, anUpload("a"), ada, { ...limits, maxPlugins: 1 })).toEqual({
        version: 2,
      });
      expect(await listPlugins(database)).toHaveLength(1);
    });

    it("is refused when the server is full, however many come at once", async () => {
      const uploads = Array.from({ length: 8 }, (_, index) =>
        storeUpload(database, anUpload(`p${index}`), ada, { ...limits, maxPlugins: 3 }),
      );
      const ends = await Promise.allSettled(uploads);
      expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
      expect(await listPlugins(database)).toHaveLength(3);
    });
  });

  describe("an upload beyond the versions that are kept", () => {
    const few = { ...limits, maxVersions: 3 };
    const upload = (n: number) => storeUpload(database, anUpload("a", { code: `# ${n}` }), ada, few);
    const kept = async () => (await listVersions(database, "a")).map(({ version }) => version);

    it("takes the place of the oldest one, and numbers go on", async () => {
      for (const n of [1, 2, 3, 4, 5]) expect(await upload(n)).toEqual({ version: n });
      expect(await kept()).toEqual([5, 4, 3]);
      expect(await findSource(database, "a", 3)).toMatchObject({ code: "# 3" });
      const { rows } = await database.execute(sql`select code from wasmforge.plugin_versions order by 1`);
      expect(rows.map(({ code }) => code)).toEqual(["# 3", "# 4", "# 5"]);
    });

    it("leaves other plugins theirs", async () => {
      for (const n of [1, 2, 3]) await storeUpload(database, anUpload("b", { code: `# ${n}` }), ada, few);
      for (const n of [1, 2, 3, 4]) await upload(n);
      expect((await listVersions(database, "b")).map(({ version }) => version)).toEqual([3, 2, 1]);
    });

    it("leaves the one that it makes, also where the current one was brought back", async () => {
      for (const n of [1, 2, 3]) await upload(n);
      await restoreVersion(database, "a", 1, ada);
      expect(await upload(4)).toEqual({ version: 4 });
      expect(await kept()).toEqual([4, 3, 2]);
      expect(await findSource(database, "a")).toMatchObject({ version: 4, code: "# 4" });
    });

    it("says of what is gone that it is", async () => {
      for (const n of [1, 2, 3, 4]) await upload(n);
      const gone = { code: "not_found", message: expect.stringMatching(/no version 1 .* any more/) };
      await expect(restoreVersion(database, "a", 1, ada)).rejects.toMatchObject(gone);
      await expect(findSource(database, "a", 1)).rejects.toMatchObject(gone);
      expect(await findPlugin(database, "a")).toMatchObject({ version: 4 });
    });

    it("keeps what people say of the plugin, and what ran", async () => {
      await upload(1);
      const { pluginId } = await findSource(database, "a");
      const run = aRun({ pluginId, pluginName: "a", version: 1 });
      await storeRuns(database, [run]);
      await storeReview(database, "a", { author: "bob", rating: 5, text: "" });
      for (const n of [2, 3, 4]) await upload(n);
      expect(await findPlugin(database, "a")).toMatchObject({ runs: 1, reviews: 1 });
      expect(await findRun(database, run.id, "all")).toMatchObject({ pluginName: "a", version: 1 });
      const { completed, recent } = await summarizePlugin(database, "a", new Date(0));
      expect([completed, recent.completed]).toEqual([1, 1]);
    });

    it("keeps as many as there may be, however many come at once, and with fewer allowed than there are", async () => {
      await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(upload));
      expect(await kept()).toEqual([8, 7, 6]);
      await storeUpload(database, anUpload("a"), ada, { ...limits, maxVersions: 1 });
      expect(await kept()).toEqual([9]);
    });

    it("deletes nothing when it is refused", async () => {
      for (const n of [1, 2, 3]) await upload(n);
      await expect(storeUpload(database, anUpload("a"), bob, few)).rejects.toMatchObject({
        code: "forbidden",
      });
      expect(await kept()).toEqual([3, 2, 1]);
    });
  });

  describe("a restored version", () => {
    it("is current again, with what it took and said", async () => {
      await storeUpload(database, anUpload("a", { code: "one", inputType: "json" }), ada, limits);
      await storeUpload(database, anUpload("a", { code: "two", inputType: "text" }), ada, limits);
      await restoreVersion(database, "a", 1, ada);
      expect(await findSource(database, "a")).toMatchObject({ version: 1, code: "one" });
      expect(await findPlugin(database, "a")).toMatchObject({ inputType: "json" });
      expect(await storeUpload(database, anUpload("a"), ada, limits)).toEqual({ version: 3 });
    });

    it("must exist, and the plugin must be one's own", async () => {
      await storeUpload(database, anUpload("a"), ada, limits);
      await expect(restoreVersion(database, "a", 2, ada)).rejects.toMatchObject({ code: "not_found" });
      await expect(restoreVersion(database, "a", 1, bob)).rejects.toMatchObject({ code: "forbidden" });
      await expect(restoreVersion(database, "b", 1, ada)).rejects.toMatchObject({ code: "not_found" });
    });
  });

  describe("an edit", () => {
    it("changes what is said, not what runs", async () => {
      await storeUpload(database, anUpload("a", { tags: ["x"] }), ada, limits);
      const before = await findSource(database, "a");
      await editPlugin(database, "a", { description: "better", tags: [] }, ada);
      expect(await findPlugin(database, "a")).toMatchObject({ description: "better", tags: [], version: 1 });
      expect(await findSource(database, "a")).toMatchObject({ code: before.code });
    });

    it("is refused to others", async () => {
      await storeUpload(database, anUpload("a"), ada, limits);
      await expect(editPlugin(database, "a", { tags: ["x"] }, bob)).rejects.toMatchObject({
        code: "forbidden",
      });
    });
  });

  describe("a deleted plugin", () => {
    it("is gone with its versions, and its name is free", async () => {
      await storeUpload(database, anUpload("a", { tags: ["x"] }), ada, limits);
      await deletePlugin(database, "a", ada);
      await expect(findPlugin(database, "a")).rejects.toMatchObject({ code: "not_found" });
      await expect(findSource(database, "a", 1)).rejects.toMatchObject({ code: "not_found" });
      expect(await listTags(database)).toEqual([]);
      expect(await storeUpload(database, anUpload("a"), bob, limits)).toEqual({ version: 1 });
    });

    it("was deleted by its owner or an admin", async () => {
      await storeUploads(database, ["a", "b"], ada);
      await expect(deletePlugin(database, "a", bob)).rejects.toMatchObject({ code: "forbidden" });
      await deletePlugin(database, "a", admin);
      expect((await listPlugins(database)).map(({ name }) => name)).toEqual(["b"]);
    });
  });

  describe("a search", () => {
    const all: PluginSearch = { sort: "newest", limit: 100, offset: 0 };
    const names = async (search: Partial<PluginSearch>) =>
      (await searchPlugins(database, { ...all, ...search })).items.map(({ name }) => name);

    beforeEach(async () => {
      await storeUpload(
        database,
        anUpload("translate", { description: "to Vietnamese", tags: ["text"] }),
        ada,
        limits,
      );
      await storeUpload(
        database,
        anUpload("moderate", { description: "100% safe", tags: ["text", "json"] }),
        bob,
        limits,
      );
      await storeUpload(
        database,
        anUpload("Describe", { description: "an image", tags: ["vision"] }),
        ada,
        limits,
      );
    });

    it("finds words in names, descriptions and tags, in any case", async () => {
      expect(await names({ text: "VIETNAM" })).toEqual(["translate"]);
      expect(await names({ text: "desc" })).toEqual(["Describe"]);
      expect(await names({ text: "vision" })).toEqual(["Describe"]);
      expect(await names({ text: "nothing" })).toEqual([]);
    });

    it("takes signs of patterns for themselves", async () => {
      expect(await names({ text: "%" })).toEqual(["moderate"]);
      expect(await names({ text: "_" })).toEqual([]);
      expect(await names({ text: "\\" })).toEqual([]);
      expect(await names({ text: "'; drop table wasmforge.plugins; --" })).toEqual([]);
    });

    it("keeps to a tag and an owner", async () => {
      expect(await names({ tag: "text" })).toEqual(["moderate", "translate"]);
      expect(await names({ owner: "ada", tag: "text" })).toEqual(["translate"]);
    });

    it("sorts as asked", async () => {
      await storeReview(database, "translate", { author: "ada", rating: 5, text: "" });
      await storeReview(database, "moderate", { author: "ada", rating: 4, text: "" });
      expect(await names({ sort: "newest" })).toEqual(["Describe", "moderate", "translate"]);
      expect(await names({ sort: "name" })).toEqual(["Describe", "moderate", "translate"]);
      expect(await names({ sort: "rating" })).toEqual(["translate", "moderate", "Describe"]);
      await editPlugin(database, "moderate", { tags: [] }, bob);
      expect(await names({ sort: "updated" })).toEqual(["moderate", "Describe", "translate"]);
    });

    it("goes page by page and tells how many there are", async () => {
      const first = await searchPlugins(database, { ...all, limit: 2 });
      expect(first.total).toBe(3);
      expect(first.items).toHaveLength(2);
      expect(await names({ limit: 2, offset: 2 })).toEqual(["translate"]);
    });

    it("knows the tags there are", async () => {
      expect(await listTags(database)).toEqual([
        { tag: "text", plugins: 2 },
        { tag: "json", plugins: 1 },
        { tag: "vision", plugins: 1 },
      ]);
    });
  });
});
