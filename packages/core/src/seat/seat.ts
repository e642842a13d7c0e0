/**
 * A seat, as its host sees it.
 *
 * It is *starting* until it says that it is ready; *ready* until it is given a run; *running* until it tells how the
 * run ended; *settling* until it says that it is ready again, and so on. It is *ending* from the moment when somebody
 * ends it, when it dies, when it says that it is not worth keeping, or when it says anything that a seat in its state
 * never says: then it is killed, and whatever it ran counts as crashed. It is *gone* when nothing of it is left.
 */
import { fromTextBytes } from "@wasmforge/bridge/text";
import { BackgroundTimer } from "../pool/background-timer.js";
import type { Job } from "../pool/job.js";
import type { SeatEndReason } from "../pool/seat-event.js";
import { type Frame, type FrameCaps, FrameError, FrameReader } from "./frame.js";
import {
  fromSeat,
  maxCallBytes,
  maxEndHeadBytes,
  maxMessageBytes,
  maxOpBytes,
  maxOutputBytes,
  maxPrintFrameBytes,
} from "./kinds.js";
import { encodeRunOrder } from "./run-order.js";
import { parseRunReport } from "./run-report.js";
import type { OpenSeatLine, SeatLine } from "./seat-line.js";
import { SeatRun } from "./seat-run.js";

export type SeatState = "starting" | "ready" | "running" | "settling" | "ending" | "gone";

export interface SeatOptions {
  readonly id: number;
  readonly open: OpenSeatLine;
  readonly memoryMb: number;
  /** Called when the state has changed. */
  readonly onChange: (seat: Seat, before: SeatState) => void;
}

export interface SeatEnd {
  readonly reason: SeatEndReason;
  readonly detail: string;
}

/** Far more than starting or restoring takes on a machine that is busy. */
const mostStartMs = 60_000;
const mostSettleMs = 15_000;
/** How much larger a delta can be than the memory in it: it has a head, and a name for each page. */
const deltaOverhead = 1.01;

export class Seat {
  readonly id: number;
  /** Resolves when nothing of it is left. */
  readonly gone: Promise<void>;
  readonly #options: SeatOptions;
  readonly #began = performance.now();
  readonly #line: SeatLine;
  readonly #frames = new FrameReader((kind) => this.#capsOf(kind));
  #state: SeatState = "starting";
  #run: SeatRun | undefined;
  #maxDeltaBytes = 0;
  #runs = 0;
  #end: SeatEnd | undefined;
  #timer: BackgroundTimer | undefined;

  constructor(options: SeatOptions) {
    this.id = options.id;
    this.#options = options;
    this.#expectReady(mostStartMs, "start_failed");
    let onGone = () => {};
    this.gone = new Promise((resolve) => {
      onGone = resolve;
    });
    this.#line = options.open({
      onBytes: (bytes) => this.#hear(bytes),
      onFault: (detail) => this.end("violation", detail),
      onGone: (detail) => {
        this.end(this.#state === "starting" ? "start_failed" : "lost", detail);
        this.#become("gone");
        onGone();
      },
    });
  }

  get state(): SeatState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#line.pid;
  }

  /** Runs that it has begun with. */
  get runs(): number {
    return this.#runs;
  }

  get ageMs(): number {
    return performance.now() - this.#began;
  }

  /** Of a seat that is ending or gone: why. */
  get whyEnded(): SeatEnd | undefined {
    return this.#end;
  }

  /** Only while it is ready. */
  run(job: Job): SeatRun {
    if (this.#state !== "ready") throw new Error(`a seat that is ${this.#state} cannot run anything`);
    const { memoryMb } = this.#options;
    const { request, session, wallTimeMs } = job;
    const run = new SeatRun(job, memoryMb, {
      send: (parts, answer) => this.#line.send(parts, answer),
      unsentBytes: () => this.#line.unsentBytes,
      kill: (why) => this.end("stopped", why),
    });
    this.#run = run;
    this.#runs += 1;
    this.#maxDeltaBytes = session
      ? (session.maxDeltaBytes ?? Math.ceil(memoryMb * 2 ** 20 * deltaOverhead))
      : 0;
    this.#become("running");
    run.begin();
    if (!run.isOver) {
      run.send(encodeRunOrder({ request, deadlineInMs: wallTimeMs, ...(session && { session }) }));
    }
    return run;
  }

  /** At once, whatever it does. */
  end(reason: SeatEndReason, detail: string): void {
    if (this.#state === "ending" || this.#state === "gone") return;
    this.#end = { reason, detail: printable(detail) };
    this.#timer?.clear();
    this.#become("ending");
    this.#run?.lose();
    this.#line.kill();
  }

  #hear(bytes: Uint8Array<ArrayBuffer>): void {
    try {
      this.#frames.push(bytes);
      while (this.#state !== "ending" && this.#state !== "gone") {
        const frame = this.#frames.next();
        if (frame === undefined) return;
        this.#take(frame);
      }
    } catch (error) {
      // Whatever it is, these bytes are the cause, and the seat is the only one that shall suffer from it.
      this.end("violation", error instanceof Error ? error.message : String(error));
    }
  }

  /** What a seat may say in its state. */
  #capsOf(kind: number): FrameCaps | undefined {
    const state = this.#state;
    const isRunning = state === "running";
    switch (kind) {
      case fromSeat.ready:
        return state === "starting" || state === "settling" ? { head: 0, body: 0 } : undefined;
      case fromSeat.stdout:
      case fromSeat.stderr:
        return isRunning ? { head: 0, body: maxPrintFrameBytes } : undefined;
      case fromSeat.output:
        return isRunning ? { head: 0, body: maxOutputBytes } : undefined;
      case fromSeat.call:
        return isRunning ? { head: maxOpBytes, body: maxCallBytes } : undefined;
      case fromSeat.end:
        return isRunning ? { head: maxEndHeadBytes, body: this.#maxDeltaBytes } : undefined;
      case fromSeat.refused:
        return isRunning && this.#maxDeltaBytes > 0 ? { head: maxMessageBytes, body: 0 } : undefined;
      case fromSeat.spent:
        return state === "settling" ? { head: 0, body: 0 } : undefined;
      case fromSeat.fault:
        return state === "ready" ? undefined : { head: maxMessageBytes, body: 0 };
      default:
        return undefined;
    }
  }

  #take({ kind, head, body }: Frame): void {
    switch (kind) {
      case fromSeat.ready:
        // A run that begins now must not answer for what the seat has said before.
        if (!this.#frames.isEmpty) throw new FrameError("it went on talking when it was ready");
        this.#timer?.clear();
        this.#become("ready");
        break;
      case fromSeat.stdout:
        this.#run?.print("stdout", body);
        break;
      case fromSeat.stderr:
        this.#run?.print("stderr", body);
        break;
      case fromSeat.output:
        this.#run?.output(body);
        break;
      case fromSeat.call:
        this.#run?.call(head, body);
        break;
      case fromSeat.end: {
        const report = parseRunReport({ kind, head, body });
        this.#run?.end(report);
        if (report.end.kind === "crashed")
          this.end("suspicious", `the guest's interpreter: ${report.end.cause}`);
        else this.#settle();
        break;
      }
      case fromSeat.refused:
        this.#run?.refuse(fromTextBytes(head));
        this.#settle();
        break;
      case fromSeat.spent:
        this.end("spent", "its guest had grown too large to be kept");
        break;
      case fromSeat.fault:
        this.end(this.#state === "starting" ? "start_failed" : "suspicious", fromTextBytes(head));
        break;
    }
  }

  #settle(): void {
    this.#run = undefined;
    this.#expectReady(mostSettleMs, "lost");
    this.#become("settling");
  }

  #expectReady(ms: number, otherwise: SeatEndReason): void {
    this.#timer = new BackgroundTimer(ms, () => this.end(otherwise, `it was not ready within ${ms} ms`));
  }

  #become(state: SeatState): void {
    const before = this.#state;
    this.#state = state;
    this.#options.onChange(this, before);
  }
}

/** A seat may have been taken over: what it says about itself reaches people as plain, short text. */
function printable(text: string): string {
  return text.slice(0, 500).replace(/[^\x20-\x7e]+/g, " ");
}
