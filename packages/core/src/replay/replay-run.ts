/** Repeats a run from its record. */
import { ForgeError } from "@wasmforge/bridge";
import type { PoolRuntime } from "../pool/pool.js";
import type { ExecutedRun, RunExtras } from "../run/execute-run.js";
import type { Outcome } from "../run/outcome.js";
import type { ResolvedRun, RunOptions, RunParser } from "../run/run-options.js";
import { toRunLimits } from "../run/stricter.js";
import { parseRecord } from "./parse-record.js";
import { bytesOf, fromRecorded } from "./recorded-content.js";
import { createReplayer, mismatched } from "./replayer.js";
import type { RunRecord } from "./run-record.js";

export interface ReplayHost {
  readonly runtime: PoolRuntime;
  readonly parse: RunParser;
  execute(run: ResolvedRun, extras: RunExtras): Promise<ExecutedRun>;
}

export async function replayRun(
  recorded: unknown,
  { signal, tenant, ...others }: Pick<RunOptions, "signal" | "tenant"> = {},
  { runtime, parse, execute }: ReplayHost,
): Promise<Outcome> {
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new ForgeError(
      "invalid_options",
      `a replay has no option ${other}: all but signal and tenant is in its record`,
    );
  }
  const record = parseRecord(recorded);
  if (record.runtime.name !== runtime.name || record.runtime.imageHash !== runtime.imageHash) {
    throw mismatched("it was made with another interpreter");
  }
  const plugin = { name: record.plugin.name, source: fromRecorded(record.plugin.source) };
  const run = parse(plugin, { ...optionsOf(record), signal, tenant });
  const replayer = createReplayer(record);
  const { outcome } = await execute({ ...run, isReplay: true }, { door: replayer.door });
  // What was aborted from outside did not get to where it could differ.
  if (!signal?.aborted) replayer.check();
  return outcome;
}

/** The policy and the limits are those of then, or of this Forge where those are stricter. */
function optionsOf({ input, file, files, seed, now, policy, limits }: RunRecord): RunOptions {
  return {
    input: fromRecorded(input),
    ...(file && { file: { ...file, bytes: bytesOf(file.bytes) } }),
    ...(files && {
      files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, bytesOf(content)])),
    }),
    seed,
    now,
    policy,
    limits: toRunLimits(limits),
  };
}
