import { beforeAll, describe, expect, it } from "vitest";
import type { ApiAnswer, ApiClient } from "./api-client.js";
import type { ApiDocument } from "./conformity.js";
import { adminToken, describeBothServers } from "./test-server.js";

const metricsToken = "the-metrics-collectors-token";
const code = "from platform_sdk import *\nif get_input(): raise ValueError(get_input())\nsend_output('done')";
const secret = "what-carl-alone-knows";

/** A plugin of Ada's with a review by Carl, and a run of it by Carl and one by herself. */
interface Scene {
  readonly plugin: string;
  readonly carlsRun: string;
  readonly adasRun: string;
  /** Somebody's, who is no part of this. */
  readonly token: string;
}

type Ask = (client: ApiClient, scene: Scene) => Promise<ApiAnswer>;

const people = ["nobody", "ada", "bob", "carl", "dora", "admin", "collector"] as const;
const all = "200 200 200 200 200 200 403";
const admins = "401 403 403 403 403 200 403";
const publishers = "401 200 200 403 200 200 403";
const runners = "401 200 200 200 403 200 403";
const owners = "401 200 403 403 403 200 403";

const get =
  (path: string | ((scene: Scene) => string)): Ask =>
  (client, scene) =>
    client.get(typeof path === "string" ? path : path(scene));
const ofPlugin = (rest: string) => get(({ plugin }) => `/api/plugins/${plugin}${rest}`);

/**
 * What each may do with what is Ada's: nobody in particular; Ada; Bob, who may do as much with what is his; Carl, who may
 * run; Dora, who may publish; an admin; a collector of metrics. An operation that is not here fails.
 */
const table: Readonly<Record<string, readonly (readonly [what: string, answers: string, ask: Ask])[]>> = {
  health: [["", "200 200 200 200 200 200 200", get("/health")]],
  healthLive: [["", "200 200 200 200 200 200 200", get("/health/live")]],
  healthReady: [["", "200 200 200 200 200 200 200", get("/health/ready")]],
  whoAmI: [["", "200 200 200 200 200 200 200", get("/api/me")]],
  healthOllama: [["", all, get("/health/ollama")]],
  metrics: [["", "401 403 403 403 403 200 200", get("/metrics")]],
  describeServer: [["", all, get("/api/info")]],
  listModels: [["", all, get("/api/models/list")]],
  describeModels: [["", all, get("/api/models")]],
  listPlugins: [["", all, get("/api/plugins/list")]],
  searchPlugins: [["", all, get("/api/plugins?owner=ada")]],
  describePlugin: [["", all, ofPlugin("/details")]],
  readPlugin: [["", all, ofPlugin("/code")]],
  readStatistics: [["", all, ofPlugin("/statistics")]],
  listTags: [["", all, get("/api/tags")]],
  listVersions: [["", all, ofPlugin("/versions")]],
  readVersion: [["", all, ofPlugin("/versions/1")]],
  listReviews: [["", all, ofPlugin("/reviews")]],
  checkPlugin: [["", all, (client) => client.post("/api/plugins/check", { json: { code } })]],
  listRuns: [
    ["", "401 200 200 200 200 200 403", get("/api/runs")],
    ["of Carl", "401 200 200 200 200 200 403", get("/api/runs?user=carl")],
  ],
  readActivity: [["", "401 200 200 200 200 200 403", get("/api/activity")]],
  describeRun: [
    ["of hers", "401 200 404 404 404 200 403", get(({ adasRun }) => `/api/runs/${adasRun}`)],
    ["of Carl's", "401 200 404 200 404 200 403", get(({ carlsRun }) => `/api/runs/${carlsRun}`)],
  ],
  runPlugin: [["", runners, (client, { plugin }) => client.run(plugin)]],
  streamRun: [
    [
      "",
      runners,
      (client, { plugin }) => client.post("/api/plugins/run/stream", { form: { plugin_name: plugin } }),
    ],
  ],
  reviewPlugin: [
    [
      "",
      runners,
      (client, { plugin }) => client.put(`/api/plugins/${plugin}/review`, { json: { rating: 1 } }),
    ],
  ],
  deleteReview: [
    [
      "of one's own",
      "401 404 404 200 403 404 403",
      (client, { plugin }) => client.delete(`/api/plugins/${plugin}/review`),
    ],
    [
      "of Carl's",
      "401 403 403 200 403 200 403",
      (client, { plugin }) => client.delete(`/api/plugins/${plugin}/review?author=carl`),
    ],
    [
      "of nobody's",
      "401 403 403 403 403 404 403",
      (client, { plugin }) => client.delete(`/api/plugins/${plugin}/review?author=eve`),
    ],
  ],
  uploadPlugin: [
    ["over hers", owners, (client, { plugin }) => client.upload(plugin, code)],
    ["beside hers", publishers, (client, { plugin }) => client.upload(`${plugin}_other`, code)],
  ],
  editPlugin: [
    [
      "",
      owners,
      (client, { plugin }) => client.patch(`/api/plugins/${plugin}`, { json: { description: "x" } }),
    ],
  ],
  deletePlugin: [["", owners, (client, { plugin }) => client.delete(`/api/plugins/${plugin}`)]],
  restoreVersion: [
    ["", owners, (client, { plugin }) => client.post(`/api/plugins/${plugin}/versions/1/restore`)],
    [
      "there is none of",
      "401 404 403 403 403 404 403",
      (client, { plugin }) => client.post(`/api/plugins/${plugin}/versions/9/restore`),
    ],
  ],
  listTokens: [["", admins, get("/api/tokens")]],
  issueToken: [
    ["", admins, (client) => client.post("/api/tokens", { json: { user: "eve", scopes: ["admin"] } })],
  ],
  revokeToken: [["", admins, (client, { token }) => client.delete(`/api/tokens/${token}`)]],
};

const limits = { RATE_LIMIT_REQUESTS: "0", RATE_LIMIT_UPLOADS: "0", RATE_LIMIT_RUNS: "0" };
const values = { ADMIN_TOKEN: adminToken, METRICS_TOKEN: metricsToken, ...limits };

describeBothServers("what is somebody's", values, (started) => {
  let clients: Record<(typeof people)[number], ApiClient>;
  let bad: Readonly<Record<string, ApiClient>>;
  let count = 0;

  const issue = async (user: string, scopes: readonly string[]) =>
    (await started().client.as(adminToken).post("/api/tokens", { json: { user, scopes } })).body;

  beforeAll(async () => {
    const nobody = started().client;
    const as = async (user: string, scopes: readonly string[]) =>
      nobody.as((await issue(user, scopes)).token);
    clients = {
      nobody,
      ada: await as("ada", ["run", "publish"]),
      bob: await as("bob", ["run", "publish"]),
      carl: await as("carl", ["run"]),
      dora: await as("dora", ["publish"]),
      admin: nobody.as(adminToken),
      collector: nobody.as(metricsToken),
    };
    const { token, details } = await issue("ada", ["admin"]);
    await clients.admin.delete(`/api/tokens/${details.id}`);
    bad = { "half a token": nobody.as(adminToken.slice(0, 20)), "a revoked token": nobody.as(token) };
  });

  async function setScene(): Promise<Scene> {
    const plugin = `adas_${++count}`;
    await clients.ada.upload(plugin, code);
    await clients.carl.put(`/api/plugins/${plugin}/review`, { json: { rating: 5 } });
    const run = async (who: ApiClient, input: string) => {
      const { headers } = await who.run(plugin, input);
      return headers.get("x-run-id") ?? "";
    };
    return {
      plugin,
      carlsRun: await run(clients.carl, secret),
      adasRun: await run(clients.ada, "hers"),
      token: (await issue("eve", ["run"])).details.id,
    };
  }

  it("is thought about for every operation", async () => {
    const document: ApiDocument = (await clients.nobody.get("/openapi.json")).body;
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(table).sort());
  });

  const rows = Object.entries(table).flatMap(([operation, cases]) =>
    cases.map(([what, answers, ask]) => [`${operation} ${what}`.trim(), answers, ask] as const),
  );

  it.each(rows)("is asked about in %s: %s", async (_, answers, ask) => {
    const expected = answers.split(" ").map(Number);
    const found: number[] = [];
    let scene = await setScene();
    for (const [at, who] of people.entries()) {
      const { status } = await ask(clients[who], scene);
      found.push(status);
      // What was done is not to be seen by the next one.
      if (status === 200 && at + 1 < people.length) scene = await setScene();
    }
    expect(found).toEqual(expected);
  });

  it.each(["half a token", "a revoked token"])("is nobody's with %s", async (what) => {
    const scene = await setScene();
    for (const [name, , ask] of rows) {
      const { status } = await ask(bad[what] as ApiClient, scene);
      // Whoever goes on trying is told to stop.
      expect([401, 429], name).toContain(status);
    }
  });

  describe("to know", () => {
    it("stays with who ran a plugin: its author hears that it failed, and not what it said", async () => {
      const { plugin, carlsRun, adasRun } = await setScene();
      const errorsFor = async (who: ApiClient) => {
        const { body } = await who.get(`/api/runs?plugin=${plugin}`);
        return Object.fromEntries(
          body.items.map(({ id, error }: { id: string; error: string }) => [id, error]),
        );
      };
      const [carls, adas] = [expect.stringContaining(secret), expect.stringContaining("hers")];
      expect(await errorsFor(clients.carl)).toEqual({ [carlsRun]: carls });
      expect(await errorsFor(clients.ada)).toEqual({ [carlsRun]: null, [adasRun]: adas });
      expect(await errorsFor(clients.admin)).toEqual({ [carlsRun]: carls, [adasRun]: adas });
      expect((await clients.ada.get(`/api/runs/${carlsRun}`)).body).toMatchObject({
        user: "carl",
        status: "failed",
        error: null,
      });
      expect((await clients.carl.get(`/api/runs/${carlsRun}`)).body).toMatchObject({ error: carls });
    });
  });
});
