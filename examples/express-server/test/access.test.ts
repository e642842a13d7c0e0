import { beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "./api-client.js";
import type { ApiDocument } from "./conformity.js";
import { adminToken, describeBothServers, describeServer, startServer } from "./test-server.js";

const metricsToken = "the-metrics-collectors-token";

/** Every operation, and what it takes. An operation that is not here fails: somebody must have thought about it. */
const needed: Readonly<Record<string, "nothing" | "read" | "run" | "publish" | "admin" | "metrics">> = {
  health: "nothing",
  healthLive: "nothing",
  healthReady: "nothing",
  whoAmI: "nothing",
  healthOllama: "read",
  metrics: "metrics",
  describeServer: "read",
  listModels: "read",
  describeModels: "read",
  listPlugins: "read",
  searchPlugins: "read",
  describePlugin: "read",
  readPlugin: "read",
  readStatistics: "read",
  listTags: "read",
  listVersions: "read",
  readVersion: "read",
  listReviews: "read",
  checkPlugin: "read",
  listRuns: "read",
  describeRun: "read",
  readActivity: "read",
  runPlugin: "run",
  streamRun: "run",
  reviewPlugin: "run",
  deleteReview: "run",
  uploadPlugin: "publish",
  editPlugin: "publish",
  deletePlugin: "publish",
  restoreVersion: "publish",
  listTokens: "admin",
  issueToken: "admin",
  revokeToken: "admin",
};

const may: Readonly<Record<string, readonly string[]>> = {
  nobody: ["nothing", "read"],
  reader: ["nothing", "read", "run"],
  publisher: ["nothing", "read", "publish"],
  administrator: ["nothing", "read", "run", "publish", "admin", "metrics"],
  collector: ["nothing", "metrics"],
};

const values = {
  ADMIN_TOKEN: adminToken,
  METRICS_TOKEN: metricsToken,
  RATE_LIMIT_REQUESTS: "0",
  RATE_LIMIT_UPLOADS: "0",
};

describeServer("what a token allows", values, (started) => {
  const clients = new Map<string, ApiClient>();
  let document: ApiDocument;
  beforeAll(async () => {
    const { client } = started();
    const issue = async (scope: string) =>
      (await client.as(adminToken).post("/api/tokens", { json: { user: `user-${scope}`, scopes: [scope] } }))
        .body.token;
    clients.set("nobody", client);
    clients.set("reader", client.as(await issue("run")));
    clients.set("publisher", client.as(await issue("publish")));
    clients.set("administrator", client.as(await issue("admin")));
    clients.set("collector", client.as(metricsToken));
    document = (await client.get("/openapi.json")).body;
  });

  it("is thought about for every operation", () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(needed).sort());
  });

  it.each(Object.keys(may))("is what it says, and no more: %s", async (who) => {
    const client = clients.get(who) as ApiClient;
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { operationId }] of Object.entries(operations)) {
        const filled = path.replaceAll(/\{\w+\}/g, "1");
        const { status } = await client.send(method.toUpperCase(), filled);
        const isAllowed = may[who]?.includes(needed[operationId] ?? "") ?? false;
        const isRefused = status === 401 || status === 403;
        // Without a name there is no history: that is refused as well.
        if (who === "nobody" && ["listRuns", "readActivity", "describeRun"].includes(operationId)) continue;
        expect(isRefused ? "refused" : "allowed", `${operationId} by ${who}: ${status}`).toBe(
          isAllowed ? "allowed" : "refused",
        );
      }
    }
  });
});

describeBothServers("tokens", { ADMIN_TOKEN: adminToken }, (started) => {
  const admin = () => started().client.as(adminToken);

  it("are issued once, and good from then on", async () => {
    const { body } = await admin().post("/api/tokens", {
      json: { user: "ada", label: "laptop", scopes: ["run", "run"], days: 30 },
    });
    expect(body.details).toMatchObject({
      user: "ada",
      label: "laptop",
      scopes: ["run"],
      created_by: "admin",
    });
    expect(Date.parse(body.details.expires_at) - Date.now()).toBeGreaterThan(29 * 86_400_000);
    expect((await started().client.as(body.token).get("/api/me")).body).toEqual({
      kind: "token",
      user: "ada",
      permissions: ["read", "run"],
      tokens_needed: true,
    });
    const listed = (await admin().get("/api/tokens")).body;
    expect(listed).toContainEqual(expect.objectContaining({ id: body.details.id }));
    expect(JSON.stringify(listed)).not.toContain(body.token.split("_")[2]);
  });

  it("are not good any more once they are revoked", async () => {
    const { body } = await admin().post("/api/tokens", { json: { user: "ada", scopes: ["admin"] } });
    const client = started().client.as(body.token);
    expect((await client.get("/api/tokens")).status).toBe(200);
    expect((await client.delete(`/api/tokens/${body.details.id}`)).body.status).toBe("revoked");
    expect((await client.get("/api/plugins/list")).status).toBe(401);
    expect((await admin().delete("/api/tokens/000000000000")).status).toBe(404);
  });

  it.each([
    {},
    { user: "ada" },
    { user: "ada", scopes: [] },
    { user: "ada", scopes: ["root"] },
    { user: "admin", scopes: ["run"] },
    { user: "local", scopes: ["run"] },
    { user: "Ada", scopes: ["run"] },
    { user: "../x", scopes: ["run"] },
    { user: "ada", scopes: ["run"], days: 0 },
    { user: "ada", scopes: ["run"], label: "x".repeat(101) },
  ])("are not issued for %j", async (json) => {
    expect((await admin().post("/api/tokens", { json })).status).toBe(400);
  });
});

describe("without a token, where the server says so", () => {
  it("nothing can be seen", async () => {
    await using started = await startServer({ ADMIN_TOKEN: adminToken, ANONYMOUS_ACCESS: "none" });
    expect((await started.client.get("/api/plugins/list")).status).toBe(401);
    expect((await started.client.get("/health")).status).toBe(200);
  });

  it("plugins can be run, and nothing else be done", async () => {
    await using started = await startServer({ ADMIN_TOKEN: adminToken, ANONYMOUS_ACCESS: "run" });
    const { client } = started;
    await client.as(adminToken).upload("a", "print('ran')");
    expect((await client.run("a")).body.output).toBe("ran");
    expect((await client.get("/api/runs")).status).toBe(401);
    expect((await client.put("/api/plugins/a/review", { json: { rating: 5 } })).status).toBe(401);
    const { body } = await client.as(adminToken).get("/api/runs");
    expect(body.items).toMatchObject([{ plugin: "a", user: null }]);
  });

  it("everything can be done by the one user of this machine", async () => {
    await using started = await startServer();
    expect((await started.client.get("/api/me")).body).toMatchObject({ kind: "local", tokens_needed: false });
    expect((await started.client.get("/api/tokens")).body).toEqual([]);
  });
});
