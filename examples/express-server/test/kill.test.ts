/** The server is killed in the middle of everything, again and again: nothing that it has answered is lost or half-written. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyEmbedded } from "./databases.js";
import { installingMs } from "./debian.js";
import { createPostgres } from "./postgres.js";
import { buildServer, type ServerProcess, startProcess } from "./server-process.js";

const rounds = 4;
const answersInRound = 60;

let main: string;
let removeBuild: () => void;
beforeAll(async () => {
  const built = await buildServer();
  main = built.main;
  removeBuild = built.remove;
});
afterAll(() => removeBuild());

/** What the server has said that it did. */
interface Acknowledged {
  readonly uploads: Map<string, Set<string>>;
  readonly runs: Map<string, string>;
  readonly reviews: Map<string, number>;
}

it("loses nothing with the embedded database", { timeout: 240_000 }, async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "kill-"));
  await copyEmbedded(dataFolder);
  try {
    await killAndCompare({ DATA_DIR: dataFolder });
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

it("loses nothing with PostgreSQL", { timeout: installingMs }, async ({ skip }) => {
  await using postgres = await createPostgres();
  if (postgres === undefined) return skip("there is no PostgreSQL here");
  const dataFolder = mkdtempSync(join(tmpdir(), "kill-"));
  try {
    await killAndCompare({ DATA_DIR: dataFolder, DATABASE_URL: await postgres.createDatabase() });
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
});

async function killAndCompare(place: Readonly<Record<string, string>>): Promise<void> {
  const values = { ...place, DEMO_MODELS: "on", MAX_QUEUED_RUNS: "1000" };
  const done: Acknowledged = { uploads: new Map(), runs: new Map(), reviews: new Map() };
  for (let round = 0; round < rounds; round += 1) {
    const server = await startProcess(main, values);
    await workUntilKilled(server, done, round);
  }
  const server = await startProcess(main, values);
  try {
    await compare(server.url, done);
  } finally {
    expect(await server.kill("SIGTERM")).toBe(0);
  }
}

/** Kills when enough was answered, while as much again is under way. */
async function workUntilKilled(server: ServerProcess, done: Acknowledged, round: number): Promise<void> {
  let answers = 0;
  let killed: Promise<unknown> | undefined;
  const isOver = () => killed !== undefined;
  const answered = () => {
    answers += 1;
    if (answers >= answersInRound) killed ??= server.kill("SIGKILL");
  };
  const workers = Array.from({ length: 6 }, async (_, worker) => {
    for (let step = 0; !isOver(); step += 1) {
      const name = `plugin_${(worker + step) % 4}`;
      try {
        await doSomething(server.url, done, name, `${round}.${worker}.${step}`);
        answered();
      } catch {
        // Cut off: the server need not have done it.
        if (!isOver()) throw new Error(`The server failed before it was killed:\n${server.lines.join("\n")}`);
      }
    }
  });
  await Promise.all(workers);
  await killed;
}

async function doSomething(url: string, done: Acknowledged, name: string, label: string): Promise<void> {
  const step = Number(label.split(".").at(-1));
  if (step % 3 === 0) return upload(url, done, name, label);
  if (step % 3 === 1) return run(url, done, name);
  return review(url, done, name, 1 + (step % 5));
}

async function upload(url: string, done: Acknowledged, name: string, label: string): Promise<void> {
  // Large, so that a half of it would show.
  const code = `# ${label}\n${"# filler\n".repeat(20_000)}print("${label}")\n`;
  const form = new FormData();
  form.append("file", new File([code], `${name}.py`));
  const response = await fetch(`${url}/api/plugins/upload`, { method: "POST", body: form });
  expect(response.status).toBe(200);
  await response.json();
  const known = done.uploads.get(name) ?? new Set();
  done.uploads.set(name, known.add(createHash("sha256").update(code).digest("hex")));
}

async function run(url: string, done: Acknowledged, name: string): Promise<void> {
  const body = new URLSearchParams({ plugin_name: name, input_data: "" });
  const response = await fetch(`${url}/api/plugins/run`, { method: "POST", body });
  const { success } = await response.json();
  // Its first upload may not have come yet.
  if (response.status === 404) return;
  expect(response.status).toBe(200);
  done.runs.set(response.headers.get("x-run-id") ?? "", success ? "completed" : "failed");
}

async function review(url: string, done: Acknowledged, name: string, rating: number): Promise<void> {
  const response = await fetch(`${url}/api/plugins/${name}/review`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rating }),
  });
  await response.json();
  if (response.status === 200) done.reviews.set(name, rating);
}

async function compare(url: string, done: Acknowledged): Promise<void> {
  const get = async (path: string) => (await fetch(url + path)).json();
  expect(done.uploads.size).toBe(4);
  expect(done.runs.size).toBeGreaterThan(rounds);
  const history = await readHistory(get);

  for (const [name, hashes] of done.uploads) {
    const versions: { version: number; sha256: string; current: boolean }[] = await get(
      `/api/plugins/${name}/versions`,
    );
    expect(versions.map(({ version }) => version)).toEqual(
      versions.map((_, index) => versions.length - index),
    );
    expect(versions.filter(({ current }) => current)).toHaveLength(1);
    for (const hash of hashes) expect(versions.map(({ sha256 }) => sha256)).toContain(hash);
    for (const { version, sha256 } of versions) {
      const { code } = await get(`/api/plugins/${name}/versions/${version}`);
      expect(createHash("sha256").update(code).digest("hex")).toBe(sha256);
    }
    const counts = await get(`/api/plugins/${name}/statistics`);
    const kept = [...history.values()].filter(({ plugin }) => plugin === name);
    for (const status of ["completed", "failed", "stopped"]) {
      expect(counts[status]).toBe(kept.filter((one) => one.status === status).length);
    }
    expect((await get(`/api/plugins/${name}/reviews`)).length).toBeLessThanOrEqual(1);
  }
  for (const [id, status] of done.runs) expect(history.get(id)?.status).toBe(status);
  for (const { status, reason } of history.values()) {
    if (status === "stopped") expect(reason).toBe("interrupted");
  }
  for (const name of done.reviews.keys()) expect((await get(`/api/plugins/${name}/reviews`)).length).toBe(1);
}

interface HistoryEntry {
  readonly id: string;
  readonly plugin: string;
  readonly status: string;
  readonly reason: string | null;
}

async function readHistory(get: (path: string) => Promise<{ items: HistoryEntry[]; next: string | null }>) {
  const history = new Map<string, HistoryEntry>();
  let before = "";
  for (;;) {
    const { items, next } = await get(`/api/runs?limit=100${before}`);
    for (const item of items) history.set(item.id, item);
    if (next === null) return history;
    before = `&before=${next}`;
  }
}
