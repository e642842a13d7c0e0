/** What a run must not leave behind on the host. Linux only, as it reads /proc. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const MAX_RSS_GROWTH_BYTES = 100 * 2 ** 20;
const SETTLE_MS = 3_000;

/** Where programs of others, and other tests of ours, come and go, so that only suspicious names count. */
const SHARED_FOLDERS = ["/tmp", "/var/tmp", "/dev/shm", tmpdir(), process.cwd()];

export interface HostState {
  /** Threads of this process, its children and their children, descriptors, timers and listeners: how many of each. */
  readonly counts: ReadonlyMap<string, number>;
  /** Of this process and its children. */
  readonly rssBytes: number;
  /** By path: that it is there or, where the plugin names it, what it looked like. */
  readonly files: ReadonlyMap<string, string>;
}

/** The folders and files that a plugin's source names, and those that hostile plugins try first. */
export function placesOf(source: string): string[] {
  const literals = [...source.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  const paths = literals
    .filter((text) => /^[\w./-]+$/.test(text) && /[./]/.test(text))
    .map((text) => resolve(text));
  const named = paths
    .filter((path) => !/^\/(proc|sys|dev)\b/.test(path))
    .flatMap((path) => [path, dirname(path)]);
  return [...new Set(["/", homedir(), ...SHARED_FOLDERS, ...named])];
}

export function hostState(places: readonly string[]): HostState {
  const processes = [process.pid, ...descendants()];
  return {
    counts: new Map([
      ["thread(s)", readdirSync("/proc/self/task").length],
      // Not by number: a seat that is killed is replaced.
      ["process(es)", processes.length],
      ["descriptor(s)", readdirSync("/proc/self/fd").length],
      ["timer(s)", process.getActiveResourcesInfo().filter((name) => name === "Timeout").length],
      [
        "listener(s) on process",
        process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
      ],
    ]),
    rssBytes: processes.reduce((total, id) => total + rssBytesOf(id), 0),
    files: new Map([...places.flatMap(entriesOf), ...places.flatMap(stampOf)]),
  };
}

/** What is there now that was not there before. All but files gets a moment to go away. */
export async function leftBehind(
  before: HostState,
  places: readonly string[],
  source: string,
  settleMs = SETTLE_MS,
): Promise<string[]> {
  const until = performance.now() + settleMs;
  for (;;) {
    const found = differences(before, hostState(places), source);
    if (found.length === 0 || performance.now() > until) return found;
    await delay(50);
  }
}

function differences(before: HostState, now: HostState, source: string): string[] {
  const found: string[] = [];
  for (const [what, count] of now.counts) {
    const more = count - (before.counts.get(what) ?? 0);
    if (more > 0) found.push(`${more} ${what}`);
  }
  const growth = now.rssBytes - before.rssBytes;
  if (growth > MAX_RSS_GROWTH_BYTES) found.push(`${Math.round(growth / 2 ** 20)} MB of host memory`);
  for (const [path, stamp] of now.files) {
    if (before.files.get(path) !== stamp && isSuspicious(path, source)) found.push(`the file ${path}`);
  }
  return found;
}

function isSuspicious(path: string, source: string): boolean {
  if (!SHARED_FOLDERS.includes(dirname(path))) return true;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return source.includes(name) || /plugin|^tmp[a-z0-9_]{8}$/.test(name);
}

function entriesOf(place: string): [string, string][] {
  try {
    return readdirSync(place).map((name) => [resolve(place, name), "there"]);
  } catch {
    return []; // no folder, or none that we may read
  }
}

function stampOf(place: string): [string, string][] {
  const stat = statSync(place, { throwIfNoEntry: false });
  return stat?.isFile() ? [[place, `${stat.size} bytes, changed at ${stat.mtimeMs}`]] : [];
}

/** Processes that this one started, directly or not. */
function descendants(): Set<number> {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(Number(entry));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = new Set<number>();
  const visit = (id: number): void => {
    for (const child of children.get(id) ?? []) {
      found.add(child);
      visit(child);
    }
  };
  visit(process.pid);
  return found;
}

function rssBytesOf(id: number): number {
  try {
    const [, kb = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
    return Number(kb) * 1024;
  } catch {
    return 0; // it ended while we were looking
  }
}

function parentOf(id: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // it ended while we were looking
  }
}
