/**
 * The port between whoever owns a seat and whoever can execute a guest in it.
 *
 * It is small on purpose: other runtimes (JavaScript guests, core modules, components) will come through it.
 * Ending a guest that does not end by itself is the seat's business: it kills the thread or process.
 *
 *   compile (once per process)  ->  open (once per seat)  ->  run, reset, run, reset …  ->  close
 */
import type { BlockingDoor } from "@wasmforge/bridge";

export interface Runtime {
  readonly name: "forged" | "stock";
  /** Whether its instances have what sessions need: they understand `RunRequest.keepMain`, and can be checkpointed. */
  readonly keepsMain?: true;
  /** Validates the bytes of an image, caps the memory, and gives something that can be posted to a worker. */
  compile(limits: InstanceLimits): Promise<Artifact>;
  /** Makes an instance in the calling thread. */
  open(artifact: Artifact, host: InstanceHost): Promise<Instance>;
}

/** Opaque to everyone but its runtime; survives `postMessage`. */
export interface Artifact {
  readonly runtime: "forged" | "stock";
  /** Tells two images apart; part of an audit record. */
  readonly imageHash: string;
  readonly limits: InstanceLimits;
}

export interface InstanceLimits {
  /** The guest's linear memory can never be larger than this. */
  readonly memoryMb: number;
}

/** What an instance needs from the seat that it lives in. */
export interface InstanceHost {
  readonly door: BlockingDoor;
  /** Receives what the guest prints, as it prints it. The chunk is the receiver's to keep. */
  readonly print: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
}

export interface Instance {
  /** Executes one plugin. Resolves (never rejects) however the plugin ends; rejects only for faults of ours. */
  run(request: RunRequest): Promise<RunEnd>;
  /** Brings the instance back to its first state. `replace`: that was not possible, close it and open another. */
  reset(): Promise<"clean" | "replace">;
  usage(): InstanceUsage;
  /**
   * What the guest's state differs in from the image's, while nothing runs. It is in a form for `resume` of any instance
   * of this image, and may go anywhere in between; seal it (`sealDelta`) where it leaves the process. Absent where the
   * runtime cannot.
   */
  checkpoint?(options?: CheckpointOptions): Checkpoint;
  /**
   * Makes a clean instance go on where the delta's was. Twice from the same delta is a fork. Throws a `DeltaError`, and
   * the instance is as clean as before, if the delta cannot be one of this image. Its contents are a guest's own memory
   * and not looked at: whoever forges them has what a plugin has, not more.
   */
  resume?(delta: Uint8Array): void;
  close(): void;
}

export interface RunRequest {
  /** The plugin's text. Bytes are taken as they are, so that a declared encoding is honoured. */
  readonly source: string | Uint8Array;
  /** What tracebacks call it, for example `summarize.py`. */
  readonly fileName: string;
  /** The host means to run it often: an instance that keeps compiled plugins keeps this one, however large it is. */
  readonly isPrepared?: boolean;
  /** What `get_input()` returns. Bytes are read as UTF-8. */
  readonly input: string | Uint8Array;
  /** What `get_file()` returns. */
  readonly inputFile?: InputFile;
  /** Read-only files in memory, by path below `/`. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /**
   * Import statements in the plugin's own file may name only these top-level modules, and `platform_sdk`; what they
   * import in turn is not asked about. A policy with a helpful error: who wants to get around it can, and finds the
   * same walls. Left out: everything may be imported.
   */
  readonly imports?: { readonly allow: readonly string[] };
  /**
   * The run goes on in the `__main__` that the run before it left, and everything else of that run is still there too.
   * It needs no reset after a run that `completed` or `raised`, or that `sys.exit` ended. Only where the runtime says
   * `keepsMain`.
   */
  readonly keepMain?: boolean;
  /** Makes the run repeatable: fixes randomness and the clock. */
  readonly repeatable?: { readonly seed: number; readonly nowMs: number };
  /** Each stream (stdout, stderr) may carry this much before the run is stopped with `output`. */
  readonly maxPrintBytes: number;
  /** `performance.now()` at which sleeping and waiting end with `timeout`. Running code is the seat's to kill. */
  readonly deadline?: number;
}

export interface InputFile {
  readonly name: string;
  /** For example `image/png`. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface CheckpointOptions {
  /** A larger delta is not made. @default what the instance's memory limit allows */
  readonly maxBytes?: number;
}

export type Checkpoint =
  | { readonly kind: "taken"; readonly delta: Uint8Array<ArrayBuffer> }
  /** The guest was ended in the middle of something (a stop, a crash, `os._exit`): there is nothing to go on from. */
  | { readonly kind: "interrupted" }
  /** It would have had so many bytes. */
  | { readonly kind: "too_large"; readonly bytes: number };

/** How a guest ended. Everything the guest says about itself in it is bounded in size. */
export type RunEnd =
  | { readonly kind: "completed" }
  /** `sys.exit(n)`, `os._exit(n)`. Code 0 is a normal end. */
  | { readonly kind: "exited"; readonly code: number }
  /** An exception that the plugin did not catch, SyntaxError included. */
  | { readonly kind: "raised"; readonly error: PluginError }
  /** We ended it. */
  | { readonly kind: "stopped"; readonly reason: StopReason }
  /** The interpreter itself gave up: `os.abort()` or a fatal error, a trap, the native stack's end. */
  | { readonly kind: "crashed"; readonly cause: "abort" | "trap" | "stack"; readonly message: string };

export type StopReason = "output" | "timeout" | "memory" | "aborted";

export interface PluginError {
  /** The exception's class, for example `ValueError`. */
  readonly type: string;
  readonly message: string;
  /** As CPython prints it; only names that the plugin's author knows. */
  readonly traceback: string;
  /** The innermost line of the plugin's own file, where there is one. */
  readonly line?: number;
}

export interface InstanceUsage {
  /** The largest the guest's memory was in the current or last run. */
  readonly peakMemoryBytes: number;
}

/** Thrown by a door or a print function to end the run it was called from. */
export class StopRun extends Error {
  constructor(readonly reason: StopReason) {
    super(`the run was stopped: ${reason}`);
    this.name = "StopRun";
  }
}
