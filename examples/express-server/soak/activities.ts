/** What visitors do, each an activity with a weight: how often it is done among all. */

import type { ServerEvent } from "../test/read-events.js";
import { toFormData } from "../test/to-form-data.js";
import { anyOf } from "./any-of.js";
import { Client, newCanary, Refused } from "./client.js";
import type { Ledger } from "./ledger.js";
import { everyPlugin, hostile, ordinary, patient, type VisitorPlugin } from "./visitor-plugins.js";

export interface Visitor {
  readonly user: string;
  readonly client: Client;
}

export interface Scene {
  readonly ledger: Ledger;
  readonly visitors: readonly Visitor[];
  readonly admin: Client;
  /** How long ordinary runs took, in milliseconds. */
  readonly took: (ms: number) => void;
}

export type Activity = (scene: Scene, visitor: Visitor) => Promise<void>;

/** "Come back later" is an answer that clients must expect. */
const busy = new Set([429, 503]);

export const activities: readonly { readonly weight: number; readonly act: Activity }[] = [
  { weight: 40, act: (scene, visitor) => run(scene, visitor, anyOf(ordinary)) },
  { weight: 6, act: (scene, visitor) => run(scene, visitor, anyOf(hostile)) },
  { weight: 12, act: stream },
  { weight: 5, act: cancel },
  { weight: 4, act: (scene, visitor) => publish(scene, visitor, anyOf(everyPlugin)) },
  { weight: 3, act: removeAndPublish },
  { weight: 4, act: review },
  { weight: 6, act: look },
  { weight: 4, act: trespass },
  { weight: 2, act: misuse },
  { weight: 1, act: useToken },
];

export async function publish({ ledger }: Scene, { user, client }: Visitor, plugin: VisitorPlugin) {
  // Another text each time, so that it is another version.
  const file = new File([`${plugin.source}# ${newCanary()}\n`], `${nameOf(user, plugin)}.py`);
  const { status } = await client.ask(
    "POST",
    "/api/plugins/upload",
    toFormData({ description: plugin.name, file }),
  );
  if (expectStatus(ledger, "an upload", status, [200])) ledger.count("uploads");
}

async function run(scene: Scene, visitor: Visitor, plugin: VisitorPlugin): Promise<void> {
  const { ledger } = scene;
  const canary = newCanary();
  const owner = anyOf(scene.visitors);
  const began = performance.now();
  const form = toFormData({ plugin_name: nameOf(owner.user, plugin), input_data: canary });
  const { status, runId, body } = await visitor.client.ask("POST", "/api/plugins/run", form);
  // Its owner may be publishing it anew.
  if (!expectStatus(ledger, "a run", status, [200, 404]) || status === 404) return;
  if (ordinary.includes(plugin)) scene.took(performance.now() - began);
  if (runId === null) ledger.violation("a run was answered without its id");
  else ledger.accept(runId, plugin.ends);
  ledger.examine(plugin, canary, JSON.stringify(body));
  ledger.count(hostile.includes(plugin) ? "hostile runs" : "ordinary runs");
}

async function stream(scene: Scene, visitor: Visitor): Promise<void> {
  const plugin = anyOf(ordinary);
  const canary = newCanary();
  const told = await follow(scene, visitor, plugin, canary, () => false);
  if (told === undefined) return;
  const outcomes = told.filter(({ type }) => type === "outcome");
  if (outcomes.length !== 1) scene.ledger.violation(`a stream told ${outcomes.length} outcomes`);
  scene.ledger.examine(plugin, canary, JSON.stringify(told));
  scene.ledger.count("streams");
}

/** The client goes away in the middle. */
async function cancel(scene: Scene, visitor: Visitor): Promise<void> {
  const canary = newCanary();
  const enough = Math.floor(Math.random() * 5);
  const told = await follow(scene, visitor, patient, canary, (events) => events.length > enough);
  if (told === undefined) return;
  scene.ledger.examine(patient, canary, JSON.stringify(told));
  scene.ledger.count("cancelled streams");
}

async function follow(
  { ledger, visitors }: Scene,
  { client }: Visitor,
  plugin: VisitorPlugin,
  canary: string,
  isEnough: (told: readonly ServerEvent[]) => boolean,
): Promise<readonly ServerEvent[] | undefined> {
  const told: ServerEvent[] = [];
  const fields = { plugin_name: nameOf(anyOf(visitors).user, plugin), input_data: canary };
  try {
    for await (const event of client.stream(fields)) {
      told.push(event);
      if (event.type === "started") ledger.accept(String(event.run_id), plugin.ends);
      if (isEnough(told)) break;
    }
    return told;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    expectStatus(ledger, "a stream", error.status, [404]);
    return undefined;
  }
}

async function removeAndPublish(scene: Scene, visitor: Visitor): Promise<void> {
  const plugin = anyOf(hostile);
  const path = `/api/plugins/${nameOf(visitor.user, plugin)}`;
  const { status } = await visitor.client.ask("DELETE", path);
  expectStatus(scene.ledger, "a deletion", status, [200, 404]);
  await publish(scene, visitor, plugin);
  scene.ledger.count("plugins deleted and published again");
}

async function review({ ledger, visitors }: Scene, { client }: Visitor): Promise<void> {
  const path = `/api/plugins/${nameOf(anyOf(visitors).user, anyOf(everyPlugin))}/review`;
  const rating = 1 + Math.floor(Math.random() * 5);
  const { status } = await client.ask("PUT", path, { rating, text: "as it was" });
  expectStatus(ledger, "a review", status, [200, 403, 404]);
  ledger.count("reviews");
}

async function look({ ledger, visitors }: Scene, { client, user }: Visitor): Promise<void> {
  const name = nameOf(anyOf(visitors).user, anyOf(everyPlugin));
  const path = anyOf([
    "/api/plugins/list",
    `/api/plugins/${name}/versions`,
    `/api/plugins/${name}/statistics`,
    "/api/models",
    "/api/runs?limit=20",
    "/api/activity",
  ]);
  const { status, body } = await client.ask("GET", path);
  expectStatus(ledger, `GET ${path}`, status, [200, 404]);
  if (path.startsWith("/api/runs")) {
    // Runs of others are seen only by whoever owns the plugin.
    const foreign = body?.items?.find(
      (item: { user: string; plugin: string | null }) =>
        item.user !== user && !item.plugin?.startsWith(`${user}_`),
    );
    if (foreign) ledger.violation(`${user} sees a run of ${foreign.user}'s`);
  }
  ledger.count("looks");
}

/** What belongs to somebody else is neither replaced nor deleted. */
async function trespass({ ledger, visitors }: Scene, visitor: Visitor): Promise<void> {
  const other = anyOf(visitors.filter(({ user }) => user !== visitor.user));
  // One that its owner never deletes: a name that is free may be taken.
  const name = nameOf(other.user, anyOf(ordinary));
  const { client } = visitor;
  const { status } = await anyOf([
    () => client.ask("DELETE", `/api/plugins/${name}`),
    () =>
      client.ask("POST", "/api/plugins/upload", toFormData({ file: new File(["print(1)"], `${name}.py`) })),
    () => client.ask("POST", `/api/plugins/${name}/versions/1/restore`),
    () => client.ask("GET", "/api/tokens"),
  ])();
  if (expectStatus(ledger, "a trespass", status, [403])) ledger.count("trespasses refused");
}

async function misuse({ ledger }: Scene, { client }: Visitor): Promise<void> {
  const { status } = await anyOf([
    () =>
      client.ask("POST", "/api/plugins/run", toFormData({ plugin_name: "../../etc/passwd", input_data: "" })),
    () =>
      client.ask(
        "POST",
        "/api/plugins/upload",
        toFormData({ file: new File(["1"], `${"x".repeat(5_000)}.py`) }),
      ),
    () => client.ask("PUT", "/api/plugins/none/review", { rating: 99 }),
    () => client.ask("GET", `/api/runs/${"0".repeat(8)}`),
    () => new Client(client.url, "no-token-of-this-server").ask("GET", "/api/runs"),
  ])();
  if (status < 400 || status >= 500) ledger.violation(`misuse was answered with ${status}`);
  ledger.count("misuses refused");
}

/** A token is issued, used once and revoked; then it opens nothing. */
async function useToken({ ledger, admin }: Scene, { user, client }: Visitor): Promise<void> {
  const issued = await admin.ask("POST", "/api/tokens", { user, label: "short", scopes: ["run"] });
  if (!expectStatus(ledger, "issuing a token", issued.status, [200])) return;
  const { token, details } = issued.body;
  const short = new Client(client.url, token);
  expectStatus(ledger, "a token's use", (await short.ask("GET", "/api/runs?limit=1")).status, [200]);
  const revoked = await admin.ask("DELETE", `/api/tokens/${details.id}`);
  if (!expectStatus(ledger, "a revocation", revoked.status, [200])) return;
  const { status } = await short.ask("GET", "/api/runs?limit=1");
  expectStatus(ledger, "a revoked token", status, [401]);
  ledger.count("tokens issued and revoked");
}

export const nameOf = (user: string, plugin: VisitorPlugin): string => `${user}_${plugin.name}`;

/** False where the server was busy; a violation where it answered what it must not. */
function expectStatus(ledger: Ledger, what: string, status: number, allowed: readonly number[]): boolean {
  if (busy.has(status)) {
    ledger.count(`refused with ${status}`);
    return false;
  }
  if (!allowed.includes(status)) ledger.violation(`${what} was answered with ${status}`);
  return allowed.includes(status);
}
