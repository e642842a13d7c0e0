/** Turns a folder of probes (`manifest.json` and the plugins it names) into typed probes, or says what is wrong with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fields } from "./fields.js";

export const OUTCOMES = [
  "ok",
  "held",
  "info",
  "plugin_error",
  "timeout",
  "memory_limit",
  "output_limit",
  "crash_contained",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Probe {
  readonly id: string;
  readonly source: Uint8Array;
  /** Absent: the folder's default input. */
  readonly input: string | undefined;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly maxOutputBytes: number;
  readonly maxAiCalls: number;
  /** Runs directly after this probe. */
  readonly after: string | undefined;
  readonly runTwice: boolean;
  readonly twiceMustDiffer: boolean;
  readonly noImports: boolean;
  /** Too slow for `npm test`. */
  readonly isSlow: boolean;
  readonly expectedOutput: string | undefined;
  readonly breachWords: readonly string[];
  readonly forbiddenInError: readonly string[];
  /** Empty: any end will do. */
  readonly outcomes: readonly Outcome[];
  readonly maxAiCallsSeen: number | undefined;
}

export interface ProbeFolder {
  readonly probes: readonly Probe[];
  /** What the folder asks of the host, in its own words. */
  readonly hostSetup: readonly string[];
  /** Before `{canary_file}` and `{port}` are replaced. */
  readonly defaultInput: unknown;
}

export function readProbeFolder(folder: string): ProbeFolder {
  const path = join(folder, "manifest.json");
  const manifest = new Fields(JSON.parse(readFileSync(path, "utf8")), path);
  const entries = manifest.list("probes").map((entry, at) => new Fields(entry, `${path}, probe ${at + 1}`));
  const probes = withPairs(entries.map((entry) => [readProbe(folder, entry), entry.text("pair")]));
  const ids = new Set(probes.map((probe) => probe.id));
  if (ids.size !== probes.length) throw new Error(`${path}: two probes have the same id`);
  for (const probe of probes) {
    if (probe.after !== undefined && !ids.has(probe.after)) {
      throw new Error(`${path}, ${probe.id}: runs after ${probe.after}, which is not there`);
    }
  }
  return {
    probes,
    hostSetup: manifest.words("host_setup"),
    defaultInput: manifest.raw("default_input") ?? {},
  };
}

function readProbe(folder: string, entry: Fields): Probe {
  const id = entry.text("id");
  if (id === undefined) throw new Error(`${entry.where}: a probe needs an id`);
  const expect = new Fields(entry.raw("expect") ?? {}, `${entry.where} (${id}), expect`);
  const file = entry.text("file") ?? `${id}.py`;
  const hostCheck = expect.text("host_check") ?? entry.text("host_check");
  // That one is made for every probe.
  if (hostCheck !== undefined && hostCheck !== "no_new_host_files") {
    throw new Error(`${expect.where}: host_check "${hostCheck}" is not known here`);
  }
  return {
    id,
    source: readFileSync(join(folder, file)),
    input: entry.text("input") ?? entry.repeated("input_repeat"),
    timeoutMs: entry.number("timeout_ms") ?? 10_000,
    memoryMb: entry.number("memory_mb") ?? 128,
    maxOutputBytes: entry.number("max_output_bytes") ?? 1_048_576,
    maxAiCalls: entry.number("max_ai_calls") ?? 10,
    after: entry.text("after"),
    runTwice: entry.flag("run_twice") || expect.flag("run_twice_must_differ"),
    twiceMustDiffer: expect.flag("run_twice_must_differ"),
    noImports: entry.flag("no_imports"),
    isSlow: entry.flag("slow"),
    expectedOutput:
      entry.text("expected_output") ??
      entry.repeated("expected_output_repeat") ??
      expect.text("expected_output"),
    breachWords: entry.words("breach_if_output_contains"),
    forbiddenInError: entry.words("forbid_in_error"),
    outcomes: expect.words("outcome").map((name) => {
      const outcome = OUTCOMES.find((known) => known === name);
      if (outcome === undefined) throw new Error(`${expect.where}: outcome "${name}" is not known here`);
      return outcome;
    }),
    maxAiCallsSeen: expect.number("max_ai_calls_seen"),
  };
}

/** A pair in which neither says `after` runs in the order of the manifest. */
function withPairs(entries: readonly (readonly [Probe, string | undefined])[]): Probe[] {
  const partnerOf = new Map(entries.map(([probe, partner]) => [probe.id, partner]));
  return entries.map(([probe], at) => {
    const isPartner = ({ id }: Probe) => partnerOf.get(id) === probe.id || partnerOf.get(probe.id) === id;
    const first = entries.slice(0, at).find(([earlier]) => isPartner(earlier))?.[0];
    return first === undefined || first.after === probe.id
      ? probe
      : { ...probe, after: probe.after ?? first.id };
  });
}
