import { afterAll, beforeAll, expect, it } from "vitest";
import { installingMs } from "./debian.js";
import { createPostgres, type Postgres } from "./postgres.js";
import { model, startServer, type TestServer } from "./test-server.js";

let postgres: Postgres | undefined;
let started: TestServer | undefined;
beforeAll(async () => {
  postgres = await createPostgres();
  if (postgres !== undefined) started = await startServer({ DATABASE_URL: await postgres.createDatabase() });
}, installingMs);
afterAll(async () => {
  await started?.[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
});

it("a database that goes away and comes back costs requests, and nothing that was done", async ({ skip }) => {
  if (postgres === undefined || started === undefined) return skip("there is no PostgreSQL here");
  const { client, models, server } = started;
  await client.upload("quick", "print('ran')");
  await client.upload("slow", `from platform_sdk import *\nprint(call_ai("${model}", "x"))`);
  expect((await client.run("quick")).body.output).toBe("ran");
  await client.run("slow");

  const release = hold(models);
  const asked = models.next();
  const slow = client.run("slow");
  await asked;

  await postgres.kill();
  expect((await client.get("/health/live")).status).toBe(200);
  const away = [
    client.get("/health/ready"),
    client.get("/api/plugins/list"),
    client.get("/api/runs"),
    client.run("quick"),
    client.upload("other", "pass"),
    client.delete("/api/plugins/quick"),
  ];
  for (const answer of await Promise.all(away)) {
    expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining("database") } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }

  release();
  const { status, body, headers } = await slow;
  expect({ status, body }).toMatchObject({ status: 200, body: { success: true } });
  expect(server.services.history.waiting).toBeGreaterThan(0);

  await postgres.start();
  await expect.poll(async () => (await client.get("/health/ready")).status, { timeout: 30_000 }).toBe(200);
  expect((await client.run("quick")).body.output).toBe("ran");
  expect((await client.get(`/api/runs/${headers.get("x-run-id")}`)).body).toMatchObject({
    plugin: "slow",
    status: "completed",
  });
  expect((await client.get("/api/plugins/other/code")).status).toBe(404);
  await expect.poll(() => server.services.storage.changes.live, { timeout: 30_000 }).toBe(true);
  expect(server.services.history.waiting).toBe(0);
});

/** The model server's next answer waits until it is released. */
function hold(models: TestServer["models"]): () => void {
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  models.inject({ kind: "late", until: held }, { path: "/api/chat" });
  return release;
}
