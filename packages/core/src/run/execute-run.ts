/** One run, from a parsed request to its outcome. */
import {
  createGate,
  type DecideCall,
  ForgeError,
  type Gate,
  type GateAnswer,
  type GateEvent,
  type Provider,
  type Rates,
  type ToolSet,
} from "@wasmforge/bridge";
import type { Job, JobEnd, JobUsage } from "../pool/job.js";
import type { Pool } from "../pool/pool.js";
import type { RunRecord } from "../replay/run-record.js";
import { linkSignals } from "./linked-signal.js";
import { type Outcome, type RunUsage, toOutcome, toOutputText } from "./outcome.js";
import { PrintedText } from "./printed-text.js";
import { type RunEvent, toRunEvent } from "./run-event.js";
import type { ResolvedRun } from "./run-options.js";

/** What all runs of a Forge share. */
export interface RunServices {
  readonly pool: Pool;
  readonly rates: Rates;
  readonly provider: Provider | undefined;
  readonly tools: ToolSet | undefined;
  readonly decide: DecideCall | undefined;
  /** Those who watch runs without being part of them. Asked once for each run. */
  readonly watchers: readonly RunWatcher[];
}

/** Must not throw. */
export type RunWatcher = (run: ResolvedRun) => RunWatch | undefined;

export interface RunWatch {
  on?(event: GateEvent): void;
  /** Calls of the run are served within it. */
  within?<T>(serve: () => T): T;
  end(end: RunWatchEnd): void;
}

export type RunWatchEnd =
  | { readonly outcome: Outcome }
  /** The run was refused, or a part of ours failed. */
  | { readonly error: unknown; readonly usage: RunUsage };

export type Serve = (op: string, payload: Uint8Array) => Promise<GateAnswer>;

/** What is special about one run. */
export interface RunExtras {
  readonly on?: (event: RunEvent) => void;
  /** Stands between the guest and the gate. */
  readonly door?: (serve: Serve) => Serve;
  /** What of the run can be kept for a replay, when it is over. */
  readonly record?: () => RunRecord;
  readonly session?: NonNullable<Job["session"]>;
}

export interface ExecutedRun {
  readonly outcome: Outcome;
  /** Of a session's run: the state after it. */
  readonly delta?: Uint8Array;
}

export async function executeRun(
  services: RunServices,
  run: ResolvedRun,
  { on, door = (serve) => serve, record, session }: RunExtras = {},
): Promise<ExecutedRun> {
  const watches = services.watchers.flatMap((watch) => watch(run) ?? []);
  const printed = { stdout: new PrintedText(), stderr: new PrintedText() };
  const linked = run.signal && linkSignals(run.signal);
  const signal = linked && { signal: linked.signal };
  let startedAt: number | undefined;
  const sinceStart = () => (startedAt === undefined ? 0 : performance.now() - startedAt);
  const gate = createGate({
    run: { runId: run.runId, plugin: run.plugin.name, tenant: run.tenant },
    policy: run.policy,
    limits: run.limits,
    rates: services.rates,
    now: sinceStart,
    timeLeftMs: () => Math.max(0, run.limits.wallTimeMs + graceMs - sinceStart()),
    ...(services.provider && { provider: services.provider }),
    ...(services.tools && { tools: services.tools }),
    ...(services.decide && { decide: services.decide }),
    ...signal,
    ...listeningTo(watches, on),
  });
  const told = (usage: JobUsage = noUsage) => toUsage(usage, gate);

  try {
    const { end, usage, delta, refusedDeltaBytes } = await services.pool.run({
      request: {
        source: run.plugin.source,
        fileName: `${run.plugin.name}.py`,
        input: run.input,
        maxPrintBytes: run.limits.printBytes,
        ...(run.plugin.isPrepared && { isPrepared: true }),
        ...(run.file && { inputFile: run.file }),
        ...(run.files && { files: run.files }),
        ...(run.policy.imports && { imports: run.policy.imports }),
        ...(run.repeatable && { repeatable: run.repeatable }),
      },
      tenant: run.tenant,
      wallTimeMs: run.limits.wallTimeMs,
      computeMs: run.limits.computeMs,
      door: door(servingWithin(watches, gate)),
      print(stream, chunk) {
        const text = printed[stream].add(chunk);
        if (on && text !== "") on({ type: stream, text });
      },
      onStarted() {
        startedAt = performance.now();
        on?.({ type: "started", runId: run.runId });
      },
      ...signal,
      ...(session && { session }),
    });
    gate.close();
    for (const stream of ["stdout", "stderr"] as const) {
      const text = printed[stream].end();
      if (on && text !== "") on({ type: stream, text });
    }
    const outputs = gate.outputs();
    const outcome = toOutcome(endOfSession(end, refusedDeltaBytes, session?.maxDeltaBytes), {
      runId: run.runId,
      output: toOutputText(outputs),
      outputs,
      stdout: printed.stdout.text,
      stderr: printed.stderr.text,
      usage: told(usage),
      ...(record && { record: record() }),
    });
    for (const watch of watches) watch.end({ outcome });
    on?.({ type: "outcome", outcome });
    return { outcome, ...(delta && { delta }) };
  } catch (thrown) {
    const error = toForgeError(thrown);
    for (const watch of watches) watch.end({ error, usage: told() });
    throw error;
  } finally {
    gate.close();
    linked?.unlink();
  }
}

/** A session cannot go on from a state that is not kept: its run is as good as stopped. */
function endOfSession(end: JobEnd, refusedBytes: number | undefined, maxBytes: number | undefined): JobEnd {
  if (refusedBytes === undefined) return end;
  const message = `the session's state would have ${refusedBytes} bytes, and ${maxBytes} are kept (maxStateMb)`;
  return { kind: "stopped", reason: "memory", message };
}

/** The pool ends a run in time. A call that the gate ended just before would look like a failure of the plugin's. */
const graceMs = 100;

const noUsage: JobUsage = { queueMs: 0, wallMs: 0, computeMs: 0, waitMs: 0, peakMemoryBytes: 0 };

/** Field by field, not spread: this is on the way of every run. */
function toUsage({ wallMs, computeMs, waitMs, queueMs, peakMemoryBytes }: JobUsage, gate: Gate): RunUsage {
  const { calls, promptTokens, completionTokens, outputBytes } = gate.usage();
  return {
    wallMs,
    computeMs,
    waitMs,
    queueMs,
    peakMemoryBytes,
    calls,
    promptTokens,
    completionTokens,
    outputBytes,
  };
}

/** Most runs have nobody listening: then the gate need not tell. */
function listeningTo(
  watches: readonly RunWatch[],
  on: RunExtras["on"],
): { readonly on?: (event: GateEvent) => void } {
  const listeners = watches.filter((watch) => watch.on);
  if (listeners.length === 0 && !on) return {};
  return {
    on(event) {
      for (const listener of listeners) listener.on?.(event);
      on?.(toRunEvent(event));
    },
  };
}

function servingWithin(watches: readonly RunWatch[], gate: Gate): Serve {
  let serve: Serve = (op, payload) => gate.serve(op, payload);
  for (const watch of watches) {
    const within = watch.within?.bind(watch);
    if (!within) continue;
    const inner = serve;
    serve = (op, payload) => within(() => inner(op, payload));
  }
  return serve;
}

function toForgeError(thrown: unknown): ForgeError {
  if (ForgeError.is(thrown)) return thrown;
  return new ForgeError("seat_failed", "the run failed through no fault of its plugin; see the cause", {
    cause: thrown,
  });
}
