import { describe, expect, it } from "vitest";
import { adminToken, describeBothServers, startServer } from "./test-server.js";

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
