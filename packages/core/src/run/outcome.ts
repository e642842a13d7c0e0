import type { OutputItem } from "@wasmforge/bridge";
import type { PluginError } from "@wasmforge/python-runtime";
import type { JobEnd, JobStopReason } from "../pool/job.js";
import type { RunRecord } from "../replay/run-record.js";

/** How a run ended, and what it left. What a plugin does is always an outcome, never an exception. */
export type Outcome = CompletedOutcome | FailedOutcome | StoppedOutcome;

/** It ran to its end, or ended itself with `sys.exit(0)`. */
export interface CompletedOutcome extends RunRemains {
  readonly status: "completed";
}

/** It raised an exception that it did not catch. `sys.exit(n)` is one, with the type `SystemExit`. */
export interface FailedOutcome extends RunRemains {
  readonly status: "failed";
  readonly error: PluginError;
}

/** The host ended it. */
export interface StoppedOutcome extends RunRemains {
  readonly status: "stopped";
  readonly reason: JobStopReason;
  /** What happened, and what to do about it. */
  readonly message: string;
}

/** What there is of every run, however it ended. All of it is the plugin's: show it as text, never as markup. */
export interface RunRemains {
  readonly runId: string;
  /** What `send_output` was given, as text, one line for each. */
  readonly output: string;
  /** The same, one by one, with values as values. */
  readonly outputs: readonly OutputItem[];
  /** What was printed. */
  readonly stdout: string;
  readonly stderr: string;
  readonly usage: RunUsage;
  /** With the option `record`: what `forge.replay` takes. */
  readonly record?: RunRecord;
}

/** What a run used. Times are in milliseconds, and `wallMs` is `computeMs` and `waitMs` together. */
export interface RunUsage {
  /** From the moment the guest started until it ended. */
  readonly wallMs: number;
  /** Of that, the guest's own computing. */
  readonly computeMs: number;
  /** Of that, waiting for models, tools and the host. */
  readonly waitMs: number;
  /** Before that: waiting for a seat. */
  readonly queueMs: number;
  /** The largest that the guest's memory was, its interpreter included; 0 where the seat had to be killed. */
  readonly peakMemoryBytes: number;
  /** Calls of models and tools; refused and failed ones count. */
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly outputBytes: number;
}

export function toOutcome(end: JobEnd, remains: RunRemains): Outcome {
  switch (end.kind) {
    case "completed":
      return { status: "completed", ...remains };
    case "exited":
      return end.code === 0
        ? { status: "completed", ...remains }
        : { status: "failed", error: exitError(end.code), ...remains };
    case "raised":
      return { status: "failed", error: end.error, ...remains };
    case "stopped":
      return { status: "stopped", reason: end.reason, message: advised(end), ...remains };
  }
}

const advice: Record<JobStopReason, string | undefined> = {
  timeout: "let it do less, or raise limits.wallTimeMs",
  compute: "let it do less, or raise limits.computeMs",
  memory: "let it hold less at a time, or raise limits.memoryMb",
  output: "let it say less, or raise limits.printBytes, limits.outputBytes or limits.logBytes",
  crashed: "nothing of it is left; if it happens again, the plugin provokes it",
  // Whoever aborted it knows why.
  aborted: undefined,
};

function advised({ reason, message }: Extract<JobEnd, { kind: "stopped" }>): string {
  const what = advice[reason];
  return what === undefined ? message : `${message}: ${what}`;
}

function exitError(code: number): PluginError {
  return { type: "SystemExit", message: String(code), traceback: `SystemExit: ${code}\n` };
}

export function toOutputText(outputs: readonly OutputItem[]): string {
  return outputs.map(({ text }) => text).join("\n");
}
