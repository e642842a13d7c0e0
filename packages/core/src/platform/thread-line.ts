import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { createMailboxMemory, type Expected, HostMailbox } from "@wasmforge/bridge/mailbox";
import type { Artifact } from "@wasmforge/python-runtime";
import type { OpenSeatLine, SeatLine, SeatLineEvents } from "../seat/seat-line.js";

export interface ThreadSeatData {
  readonly memory: SharedArrayBuffer;
  readonly artifact: Artifact;
  readonly warmUpMs: number;
  /** See `SeatMailbox`. */
  readonly lookingMs: number;
}

/** Looking for an answer instead of sleeping until it is there takes time from others, where there is but one core. */
const canSpareTime = availableParallelism() > 1;

export interface ThreadSeatOptions {
  readonly program: string;
  readonly artifact: Artifact;
  readonly warmUpMs: number;
}

/** For what the seat itself keeps; a guest's memory is no part of it. */
const heapLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };

/**
 * Seats that are worker threads. The first is wanted soon, and the second warms up for all of them: what the engine
 * compiles for one thread, every other runs.
 */
export function threadSeats({ program, artifact, warmUpMs }: ThreadSeatOptions): OpenSeatLine {
  let seats = 0;
  return (events) => {
    seats += 1;
    return new ThreadLine(program, { artifact, warmUpMs: seats === 2 ? warmUpMs : 0 }, events);
  };
}

class ThreadLine implements SeatLine {
  readonly #mailbox: HostMailbox;
  readonly #worker: Worker | undefined;

  constructor(program: string, data: Omit<ThreadSeatData, "memory" | "lookingMs">, events: SeatLineEvents) {
    const memory = createMailboxMemory();
    this.#mailbox = new HostMailbox(memory, {
      onBytes: events.onBytes,
      ...(canSpareTime && { soon: setImmediate }),
      onFault: () => events.onFault("it wrote into the mailbox what cannot be there"),
    });
    try {
      const lookingMs = canSpareTime ? 0.05 : 0;
      this.#worker = startWorker(program, { ...data, memory, lookingMs } satisfies ThreadSeatData);
    } catch (error) {
      queueMicrotask(() => this.#gone(events, `a thread could not be started: ${(error as Error).message}`));
      return;
    }
    let cause = "";
    this.#worker.on("error", (error) => {
      cause = ` (${error.name}: ${error.message})`;
    });
    this.#worker.once("exit", (code) => this.#gone(events, `the thread ended with code ${code}${cause}`));
    this.#worker.unref();
  }

  send(parts: readonly Uint8Array[], answer?: Expected): void {
    this.#mailbox.write(parts, answer);
  }

  get unsentBytes(): number {
    return this.#mailbox.unwrittenBytes;
  }

  kill(): void {
    this.#mailbox.close();
    void this.#worker?.terminate();
  }

  #gone(events: SeatLineEvents, detail: string): void {
    // The engine may tell of a thread's end before it tells of what the thread has written.
    this.#mailbox.finish();
    events.onGone(detail);
  }
}

function startWorker(program: string, workerData: ThreadSeatData): Worker {
  return new Worker(program, {
    workerData,
    name: "wasmforge seat",
    argv: [],
    env: {},
    execArgv: [],
    stdin: false,
    // Nobody reads these: whatever is written there goes nowhere.
    stdout: true,
    stderr: true,
    trackUnmanagedFds: true,
    resourceLimits: heapLimits,
  });
}
