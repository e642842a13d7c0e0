import { beforeEach, describe, expect, it } from "vitest";
import { describeBothDatabases } from "../../test/databases.js";
import { parseConfiguration } from "../configuration/index.js";
import { findToken, revokeToken, storeToken } from "../storage/tokens/index.js";
import { Authenticator, generateToken, mayDo, refuseForeignPages } from "./index.js";

const adminToken = "the-administrators-own-token";
const metricsToken = "the-metrics-collectors-token";
const accessOf = (values: Record<string, string>) => parseConfiguration(values, () => "").access;

describeBothDatabases("a request's maker", (opened) => {
  let now: number;
  let errors: unknown[];
  beforeEach(() => {
    now = Date.now();
    errors = [];
  });

  function authenticator(values: Record<string, string> = { ADMIN_TOKEN: adminToken }) {
    const onError = (error: unknown) => errors.push(error);
    return new Authenticator({
      access: accessOf(values),
      storage: opened().storage,
      now: () => now,
      onError,
    });
  }

  async function issue(scopes: readonly string[], expiresAt: Date | null = null) {
    const token = generateToken();
    const { id, secretHash } = token;
    const fields = { userName: "ada", label: "", scopes, createdBy: "admin", expiresAt };
    await storeToken(opened().storage.database, { id, secretHash, ...fields });
    return token;
  }

  it("is the local user where no token is asked for", async () => {
    expect(await authenticator({}).authenticate(undefined)).toMatchObject({ kind: "local", user: "local" });
  });

  it("is nobody without a token, and may do what nobody may", async () => {
    const nobody = async (ANONYMOUS_ACCESS: string) => {
      const identity = await authenticator({ ADMIN_TOKEN: adminToken, ANONYMOUS_ACCESS }).authenticate(
        undefined,
      );
      return (["read", "run", "publish", "admin", "metrics"] as const).filter((one) => mayDo(identity, one));
    };
    expect(await nobody("none")).toEqual([]);
    expect(await nobody("read")).toEqual(["read"]);
    expect(await nobody("run")).toEqual(["read", "run"]);
  });

  it("is the admin, or the collector of metrics, with the token of the configuration", async () => {
    const auth = authenticator({ ADMIN_TOKEN: adminToken, METRICS_TOKEN: metricsToken });
    expect(await auth.authenticate(`Bearer ${adminToken}`)).toMatchObject({ kind: "admin", user: "admin" });
    const collector = await auth.authenticate(`bearer  ${metricsToken}`);
    expect(mayDo(collector, "metrics")).toBe(true);
    expect(mayDo(collector, "read")).toBe(false);
  });

  it("is the user of a token, with its scopes and no more", async () => {
    const { id, text } = await issue(["run", "publish", "unheard-of"]);
    const identity = await authenticator().authenticate(`Bearer ${text}`);
    expect(identity).toMatchObject({ kind: "token", user: "ada", tokenId: id });
    expect([...identity.permissions].sort()).toEqual(["publish", "read", "run"]);
  });

  it.each([
    ["another way to authenticate", "Basic dXNlcjpwYXNz"],
    ["nothing", ""],
    ["a token that is not one", "Bearer x"],
    ["two tokens", "Bearer a b"],
    ["a token that was never issued", `Bearer ${generateToken().text}`],
    ["a very long one", `Bearer ${"x".repeat(100_000)}`],
    ["the admin's with something more", `Bearer ${adminToken}x`],
  ])("is not known by %s", async (_, header) => {
    await expect(authenticator().authenticate(header)).rejects.toMatchObject({ code: "unauthorized" });
    await expect(authenticator({}).authenticate(header)).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("is not known by a token's id and another secret", async () => {
    const { id } = await issue(["run"]);
    const forged = generateToken().text.replace(/^wf_[0-9a-f]+/, `wf_${id}`);
    await expect(authenticator().authenticate(`Bearer ${forged}`)).rejects.toThrow(/not known/);
  });

  it("is refused from the moment the token is revoked", async () => {
    const { id, text } = await issue(["run"]);
    const auth = authenticator();
    await auth.authenticate(`Bearer ${text}`);
    const { storage } = opened();
    await revokeToken(storage.database, id);
    storage.changes.announce({ token: id });
    await expect(auth.authenticate(`Bearer ${text}`)).rejects.toThrow(/was revoked/);
  });

  it("is refused from the moment the token expires", async () => {
    const { text } = await issue(["run"], new Date(now + 1_000));
    const auth = authenticator();
    await auth.authenticate(`Bearer ${text}`);
    now += 1_000;
    await expect(auth.authenticate(`Bearer ${text}`)).rejects.toThrow(/has expired/);
  });

  it("leaves a trace of when the token was used", async () => {
    const { id, text } = await issue(["run"]);
    await authenticator().authenticate(`Bearer ${text}`);
    const { database } = opened().storage;
    await expect
      .poll(async () => (await findToken(database, id))?.lastUsedAt?.getTime(), { timeout: 10_000 })
      .toBe(now);
    expect(errors).toEqual([]);
  });
});

describe("an open server's guard", () => {
  const guard = (
    head: { method?: string; host?: string; origin?: string },
    values: Record<string, string> = {},
  ) =>
    refuseForeignPages(accessOf(values), {
      method: "POST",
      host: "localhost:3000",
      origin: undefined,
      ...head,
    });

  it.each(["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "127.9.9.9", "LOCALHOST"])(
    "answers to %s",
    (host) => {
      expect(() => guard({ host })).not.toThrow();
    },
  );

  it.each([
    "evil.example",
    "localhost.evil.example:3000",
    "127.0.0.1.evil.example",
    "192.168.0.2",
    "",
    "a b",
    "@localhost",
  ])("does not answer to %j, whatever is asked", (host) => {
    expect(() => guard({ host, method: "GET" })).toThrow(/ALLOWED_HOSTS/);
  });

  it("answers to names that it was told", () => {
    expect(() => guard({ host: "forge.example" }, { ALLOWED_HOSTS: "Forge.example" })).not.toThrow();
  });

  it("lets its own pages and programs without pages do things", () => {
    expect(() => guard({ origin: "http://localhost:3000" })).not.toThrow();
    expect(() => guard({})).not.toThrow();
  });

  it.each(["https://evil.example", "null", "", "http://localhost:9999", "http://localhost", "file://"])(
    "lets a page of %j do nothing",
    (origin) => {
      expect(() => guard({ origin })).toThrow(/ALLOWED_ORIGINS/);
      expect(() => guard({ origin, method: "DELETE" })).toThrow(/ALLOWED_ORIGINS/);
    },
  );

  it("lets pages do things that it was told of", () => {
    const allowed = { ALLOWED_ORIGINS: "https://app.example, http://localhost:5173/" };
    expect(() => guard({ origin: "http://localhost:5173" }, allowed)).not.toThrow();
    expect(() => guard({ origin: "https://app.example" }, allowed)).not.toThrow();
    expect(() => guard({ origin: "https://app.example.evil" }, allowed)).toThrow();
  });
});
