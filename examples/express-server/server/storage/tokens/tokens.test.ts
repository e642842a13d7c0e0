import { beforeEach, expect, it } from "vitest";
import { describeBothDatabases } from "../../../test/databases.js";
import type { Database } from "../database.js";
import { findToken, listTokens, markTokenUsed, revokeToken, storeToken } from "./index.js";

const token = {
  id: "t1",
  userName: "ada",
  label: "laptop",
  scopes: ["run", "publish"],
  secretHash: "hash",
  createdBy: "admin",
  expiresAt: null,
};

describeBothDatabases("tokens", (opened) => {
  let database: Database;
  beforeEach(() => {
    database = opened().storage.database;
  });

  it("are found by their id, with what they allow", async () => {
    await storeToken(database, token);
    expect(await findToken(database, "t1")).toMatchObject({ ...token, revokedAt: null, lastUsedAt: null });
    expect(await findToken(database, "t2")).toBeUndefined();
  });

  it("are listed without their hash", async () => {
    const stored = await storeToken(database, token);
    expect(await listTokens(database)).toEqual([stored]);
    expect(stored).not.toHaveProperty("secretHash");
  });

  it("stay revoked since they were revoked first", async () => {
    await storeToken(database, token);
    await revokeToken(database, "t1");
    const first = (await findToken(database, "t1"))?.revokedAt;
    expect(first).toBeInstanceOf(Date);
    await revokeToken(database, "t1");
    expect((await findToken(database, "t1"))?.revokedAt).toEqual(first);
    await expect(revokeToken(database, "t2")).rejects.toMatchObject({ code: "not_found" });
  });

  it("remember when they were last used, until they are revoked", async () => {
    const at = new Date("2026-01-02T03:04:05.678Z");
    await storeToken(database, token);
    await markTokenUsed(database, "t1", at);
    await revokeToken(database, "t1");
    await markTokenUsed(database, "t1", new Date("2026-02-02"));
    expect((await findToken(database, "t1"))?.lastUsedAt).toEqual(at);
  });
});
