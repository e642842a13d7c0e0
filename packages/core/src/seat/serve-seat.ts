/**
 * What runs in a seat, thread or process: it takes a run, tells how it ended, and only then brings its instance back to
 * the first state. It blocks whenever it waits, so it must be alone in its thread.
 *
 * It ends by returning when its instance is not worth keeping, or by what its line throws when the host has gone.
 */
import type { Expected } from "@wasmforge/bridge/mailbox";
import { toTextBytes } from "@wasmforge/bridge/text";
import {
  type Checkpoint,
  DeltaError,
  type Instance,
  type InstanceHost,
  type RunEnd,
  StopRun,
  warmUp,
} from "@wasmforge/python-runtime";
import { Allowance } from "./allowance.js";
import { encodeFrame, type Frame, FrameError, FrameReader } from "./frame.js";
import {
  fromSeat,
  maxMessageBytes,
  maxOutputBytes,
  maxPrintFrameBytes,
  maxReplyBytes,
  toSeat,
} from "./kinds.js";
import { PrintBuffer, type PrintStream } from "./print-buffer.js";
import { parseRunOrder, type RunOrder } from "./run-order.js";
import { encodeRunReport } from "./run-report.js";

/** The seat's end of its line to the host. Both functions block, and throw when the host has gone. */
export interface BlockingLine {
  /** One byte at least. */
  read(expected?: Expected): Uint8Array<ArrayBuffer>;
  write(parts: readonly Uint8Array[]): void;
}

export interface SeatOptions {
  readonly open: (host: InstanceHost) => Promise<Instance>;
  readonly warmUpMs: number;
  /** Runs the guest so that it ends soon after its time even if the host cannot end it. */
  readonly guard?: (run: () => Promise<RunEnd>, ms: number) => Promise<RunEnd>;
  /** Resolves when the engine has done what it had to do on this thread. */
  readonly letOthersRun: () => Promise<void>;
}

/** A guest that took more than this is not kept where its runtime would: the memory would stay with the seat. */
const mostKeptBytes = 48 << 20;

/** All that there is to say about an output. One that is too much ends the run, which needs no reply. */
const accepted = toTextBytes('{"ok":null}');

/** A thread that only blocks would never have time for the engine's own work, such as clearing away what was collected. */
const runsBetweenTurns = 64;

export async function serveSeat(
  line: BlockingLine,
  { open, warmUpMs, guard, letOthersRun }: SeatOptions,
): Promise<void> {
  const seat = new SeatTalk(line);
  try {
    const instance = await open({ door: seat.door, print: seat.print });
    if (warmUpMs > 0) await warmUp(instance, warmUpMs);
    seat.say(fromSeat.ready);
    for (let runs = 1; ; runs++) {
      await seat.serveRun(instance, guard);
      if (instance.usage().peakMemoryBytes > mostKeptBytes || (await instance.reset()) === "replace") {
        seat.say(fromSeat.spent);
        return;
      }
      if (runs % runsBetweenTurns === 0) await letOthersRun();
      seat.say(fromSeat.ready);
    }
  } catch (error) {
    if (error instanceof LineLost) throw error.cause;
    seat.say(fromSeat.fault, messageOf(error));
  }
}

/** The line threw: nobody is there to be told of it. */
class LineLost extends Error {}

class SeatTalk {
  readonly #line: BlockingLine;
  readonly #frames = new FrameReader((kind) => capsOfHost[kind]);
  readonly #prints = new PrintBuffer((stream, bytes) => this.#sendPrinted(stream, bytes));
  readonly #outputs = new Allowance();
  #isRunning = false;
  #waitedMs = 0;

  constructor(line: BlockingLine) {
    this.#line = line;
  }

  say(kind: number, head?: Uint8Array, body: readonly Uint8Array[] = []): void {
    this.#write(encodeFrame(kind, head, body));
  }

  readonly print = (stream: PrintStream, chunk: Uint8Array): void => {
    if (this.#isRunning) this.#prints.print(stream, chunk);
  };

  /** The guest waits here for its reply. */
  readonly door = (op: string, payload: Uint8Array): Uint8Array => {
    // Nobody asks anything but a plugin in its run.
    if (!this.#isRunning) throw new StopRun("aborted");
    this.#prints.flush();
    if (op === "send_output" && payload.length <= maxOutputBytes && this.#outputs.take()) {
      this.say(fromSeat.output, undefined, [payload]);
      return accepted;
    }
    const asked = performance.now();
    this.say(fromSeat.call, toTextBytes(op), [payload]);
    const reply = this.#receive("due");
    this.#waitedMs += performance.now() - asked;
    if (reply.kind === toSeat.stop) throw new StopRun("aborted");
    if (reply.kind !== toSeat.reply) throw new FrameError("a call was not answered with a reply");
    return reply.body;
  };

  async serveRun(instance: Instance, guard: SeatOptions["guard"]): Promise<void> {
    const order = parseRunOrder(this.#receiveRun());
    const began = performance.now();
    if (order.session?.delta !== undefined && !this.#resume(instance, order.session.delta)) return;
    const request = {
      ...order.request,
      deadline: began + order.deadlineInMs,
      ...(order.session && { keepMain: true }),
    };
    const run = () => instance.run(request);
    this.#waitedMs = 0;
    this.#isRunning = true;
    const end = await (guard ? guard(run, order.deadlineInMs) : run());
    this.#isRunning = false;
    const computeMs = performance.now() - began - this.#waitedMs;
    this.#prints.flush();
    this.#write(
      encodeRunReport({
        end,
        computeMs,
        peakMemoryBytes: instance.usage().peakMemoryBytes,
        ...checkpointOf(instance, order, end),
      }),
    );
  }

  #resume(instance: Instance, delta: Uint8Array): boolean {
    if (instance.resume === undefined) throw new TypeError("this runtime has no sessions");
    try {
      instance.resume(delta);
      return true;
    } catch (error) {
      if (!(error instanceof DeltaError)) throw error;
      this.say(fromSeat.refused, messageOf(error));
      return false;
    }
  }

  #receiveRun(): Frame {
    const frame = this.#receive();
    if (frame.kind !== toSeat.run)
      throw new FrameError(`a frame of kind ${frame.kind} came instead of a run`);
    return frame;
  }

  #receive(expected?: Expected): Frame {
    for (;;) {
      const frame = this.#frames.next();
      if (frame !== undefined) return frame;
      this.#frames.push(this.#onLine(() => this.#line.read(expected)));
    }
  }

  #sendPrinted(stream: PrintStream, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += maxPrintFrameBytes) {
      this.say(fromSeat[stream], undefined, [bytes.subarray(at, at + maxPrintFrameBytes)]);
    }
  }

  #write(parts: readonly Uint8Array[]): void {
    this.#onLine(() => this.#line.write(parts));
  }

  #onLine<T>(act: () => T): T {
    try {
      return act();
    } catch (cause) {
      throw new LineLost("the host has gone", { cause });
    }
  }
}

/** What a host may say. It may be large, and it is the host's own memory as much as the seat's. */
const anything = { head: 2 ** 31, body: 2 ** 31 };
const capsOfHost: Record<number, { head: number; body: number }> = {
  [toSeat.run]: anything,
  [toSeat.reply]: { head: 0, body: maxReplyBytes },
  [toSeat.stop]: { head: 0, body: 0 },
};

function checkpointOf(instance: Instance, { session }: RunOrder, end: RunEnd) {
  if (session === undefined || end.kind === "stopped" || end.kind === "crashed") return {};
  const { maxDeltaBytes: maxBytes } = session;
  const checkpoint: Checkpoint | undefined = instance.checkpoint?.(
    maxBytes === undefined ? {} : { maxBytes },
  );
  switch (checkpoint?.kind) {
    case "taken":
      return { delta: checkpoint.delta };
    case "too_large":
      return { refusedDeltaBytes: checkpoint.bytes };
    default:
      return {};
  }
}

function messageOf(error: unknown): Uint8Array {
  return toTextBytes(describe(error).slice(0, maxMessageBytes / 4));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of a permission that is missing: which.
  const { resource = "" } = error as Error & { readonly resource?: string };
  return `${error.name}: ${error.message} ${resource}`.trimEnd();
}
