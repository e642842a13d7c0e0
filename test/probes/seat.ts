/**
 * A seat for the probes: one worker thread that owns one instance, until the library's own pool takes over.
 *
 * A seat is *starting*, *idle*, *running*, or *resetting*; `#thread` settles when it is idle again. The answer
 * of a run is given before the reset. A thread that ran too long, died, grew a lot or could not be reset is
 * terminated and another one is started at once, off the caller's path.
 */
import { once } from "node:events";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Artifact, RunEnd, RunRequest, StopReason } from "@wasmforge/python-runtime";

const MOST_KEPT_BYTES = 64 * 2 ** 20;

export interface SeatJob {
  readonly request: Omit<RunRequest, "deadline">;
  readonly timeoutMs: number;
  readonly print: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
  /** Answers the guest, or ends its run. Never rejects. `signal` fires when the run is over. */
  readonly serve: (op: string, payload: Uint8Array, signal: AbortSignal) => Promise<DoorReply>;
}

export type DoorReply = { readonly bytes: Uint8Array } | { readonly stop: StopReason };

export type SeatEnd =
  | { readonly kind: "ended"; readonly end: RunEnd; readonly peakMemoryBytes: number }
  | { readonly kind: "killed" }
  /** The thread is gone without an answer, or the runtime failed in its own code. */
  | { readonly kind: "lost"; readonly message: string };

export interface ToWorker {
  readonly request: SeatJob["request"];
  readonly timeoutMs: number;
}

export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "print"; readonly stream: "stdout" | "stderr"; readonly chunk: Uint8Array }
  | { readonly type: "call"; readonly op: string; readonly payload: Uint8Array }
  | { readonly type: "end"; readonly end: RunEnd; readonly peakMemoryBytes: number }
  | { readonly type: "reset"; readonly result: "clean" | "replace" }
  | { readonly type: "fault"; readonly message: string };

interface Thread {
  readonly worker: Worker;
  readonly replies: MessagePort;
  readonly signal: Int32Array;
}

export class Seat implements AsyncDisposable {
  readonly #artifact: Artifact;
  #thread: Promise<Thread>;

  constructor(artifact: Artifact) {
    this.#artifact = artifact;
    this.#thread = startThread(artifact);
  }

  /** Resolves when the seat is idle: the last run's reset, or the thread that replaces it, is there. */
  async idle(): Promise<void> {
    await this.#thread;
  }

  async run(job: SeatJob): Promise<SeatEnd> {
    const thread = await this.#thread;
    const over = new AbortController();
    const { end, reset } = converse(thread, job, over.signal);
    const timer = setTimeout(() => end.resolve({ kind: "killed" }), job.timeoutMs);
    const result = await end.promise;
    clearTimeout(timer);
    over.abort();
    const reusable = isWorthKeeping(result) ? reset.promise : Promise.resolve(false);
    this.#thread = reusable.then((clean) => (clean ? thread : this.#replace(thread)));
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stopThread(await this.#thread);
  }

  async #replace(thread: Thread): Promise<Thread> {
    await stopThread(thread);
    return startThread(this.#artifact);
  }
}

/** A thread gives memory back when its garbage is collected, at some time; a terminated one does at once. */
function isWorthKeeping(end: SeatEnd): boolean {
  return end.kind === "ended" && end.peakMemoryBytes <= MOST_KEPT_BYTES;
}

/** One run's talk with its thread: `end` is its answer, `reset` says afterwards whether the thread can be used again. */
function converse(
  { worker, replies, signal }: Thread,
  job: SeatJob,
  over: AbortSignal,
): { end: Deferred<SeatEnd>; reset: Deferred<boolean> } {
  const end = deferred<SeatEnd>();
  const reset = deferred<boolean>();
  const lost = (message: string): void => {
    end.resolve({ kind: "lost", message });
    reset.resolve(false);
  };
  const onMessage = (message: FromWorker): void => {
    switch (message.type) {
      case "print":
        if (!over.aborted) job.print(message.stream, message.chunk);
        break;
      case "call":
        void job.serve(message.op, message.payload, over).then((reply) => {
          replies.postMessage(reply);
          Atomics.store(signal, 0, 1);
          Atomics.notify(signal, 0);
        });
        break;
      case "end":
        end.resolve({ kind: "ended", end: message.end, peakMemoryBytes: message.peakMemoryBytes });
        break;
      case "reset":
        reset.resolve(message.result === "clean");
        break;
      case "fault":
        lost(message.message);
        break;
    }
  };
  const onError = (error: Error): void => lost(error.message);
  const onExit = (code: number): void => lost(`the thread ended with code ${code}`);
  worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  void reset.promise.then(() => worker.off("message", onMessage).off("error", onError).off("exit", onExit));
  worker.postMessage({ request: job.request, timeoutMs: job.timeoutMs } satisfies ToWorker);
  return { end, reset };
}

async function startThread(artifact: Artifact): Promise<Thread> {
  const { port1: replies, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./seat-worker.mjs", import.meta.url), {
    workerData: { artifact, replies: port2, signal },
    transferList: [port2],
    // Without the flags of the harness: its loader would come along with every thread.
    execArgv: [],
  });
  const ready = new AbortController();
  await Promise.race([
    once(worker, "message", { signal: ready.signal }),
    once(worker, "exit", { signal: ready.signal }).then(([code]) => {
      throw new Error(`a seat's thread ended with code ${code} before it was ready`);
    }),
  ]).finally(() => ready.abort());
  return { worker, replies, signal };
}

async function stopThread({ worker, replies }: Thread): Promise<void> {
  // An error that is under way while the thread is being ended is of no interest any more.
  worker.on("error", () => {});
  await worker.terminate();
  replies.close();
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
