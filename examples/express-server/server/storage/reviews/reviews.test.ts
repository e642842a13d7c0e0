import { beforeEach, expect, it } from "vitest";
import { describeBothDatabases } from "../../../test/databases.js";
import { storeUploads } from "../../../test/samples.js";
import type { Database } from "../database.js";
import { deletePlugin, findPlugin } from "../plugins/index.js";
import { deleteReview, listReviews, storeReview } from "./index.js";

const ada = { name: "ada", isAdmin: false };
const page = { limit: 10, offset: 0 };

describeBothDatabases("reviews", (opened) => {
  let database: Database;
  beforeEach(async () => {
    database = opened().storage.database;
    await storeUploads(database, ["a"], ada);
  });

  it("are averaged for their plugin", async () => {
    await storeReview(database, "a", { author: "ada", rating: 5, text: "good" });
    await storeReview(database, "a", { author: "bob", rating: 2, text: "" });
    expect(await findPlugin(database, "a")).toMatchObject({ rating: 3.5, reviews: 2 });
  });

  it("are one for each author, who may change his mind", async () => {
    await storeReview(database, "a", { author: "bob", rating: 5, text: "good" });
    await storeReview(database, "a", { author: "bob", rating: 1, text: "broken 🙈" });
    expect(await listReviews(database, "a", page)).toEqual([
      expect.objectContaining({ author: "bob", rating: 1, text: "broken 🙈" }),
    ]);
  });

  it("can be taken back, once", async () => {
    await storeReview(database, "a", { author: "bob", rating: 5, text: "" });
    await deleteReview(database, "a", "bob");
    expect(await listReviews(database, "a", page)).toEqual([]);
    await expect(deleteReview(database, "a", "bob")).rejects.toMatchObject({ code: "not_found" });
  });

  it("need a plugin, and go with it", async () => {
    await storeReview(database, "a", { author: "bob", rating: 5, text: "" });
    await deletePlugin(database, "a", ada);
    await expect(listReviews(database, "a", page)).rejects.toMatchObject({ code: "not_found" });
    await expect(storeReview(database, "a", { author: "bob", rating: 5, text: "" })).rejects.toMatchObject({
      code: "not_found",
    });
    await storeUploads(database, ["a"], ada);
    expect(await listReviews(database, "a", page)).toEqual([]);
  });
});
