/** What the Forge asks of the pool, and what it gets back. */
import type { GateAnswer } from "@wasmforge/bridge";
import type { PluginError, RunRequest } from "@wasmforge/python-runtime";

export interface Job {
  readonly request: Omit<RunRequest, "deadline" | "keepMain">;
  /** Whose turn it is: the queue is fair between tenants. */
  readonly tenant: string;
  /** From the moment the guest starts, waiting for answers included. */
  readonly wallTimeMs: number;
  /** The guest's own time: waiting for answers does not count. */
  readonly computeMs: number;
  /** Answers a call of the guest. It never rejects; it may take as long as it likes. */
  readonly door: (op: string, payload: Uint8Array) => Promise<GateAnswer>;
  readonly print: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
  /** Called when a seat begins with the job, before anything else of it is heard. */
  readonly onStarted: () => void;
  readonly signal?: AbortSignal;
  /** The run continues a session: `delta` is its state, absent in its first run. */
  readonly session?: {
    readonly delta?: Uint8Array;
    /** A larger state is not kept. @default what the memory limit allows */
    readonly maxDeltaBytes?: number;
  };
}

export interface JobResult {
  readonly end: JobEnd;
  /** The session's state after this run; only of a session's run whose guest came back by itself. */
  readonly delta?: Uint8Array;
  /** Instead of it, where the state would have been larger than `maxDeltaBytes`. */
  readonly refusedDeltaBytes?: number;
  readonly usage: JobUsage;
}

/** How the guest ended, or was ended. */
export type JobEnd =
  | { readonly kind: "completed" }
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "raised"; readonly error: PluginError }
  | { readonly kind: "stopped"; readonly reason: JobStopReason; readonly message: string };

export type JobStopReason = "timeout" | "compute" | "memory" | "output" | "aborted" | "crashed";

export interface JobUsage {
  readonly queueMs: number;
  readonly wallMs: number;
  readonly computeMs: number;
  readonly waitMs: number;
  /** 0 of a run whose seat was killed: nobody is left who knows. */
  readonly peakMemoryBytes: number;
}
