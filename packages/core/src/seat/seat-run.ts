/**
 * One run's talk with its seat, as the host sees it.
 *
 * The guest *computes* until it calls; then it *waits* until it is given a reply; and so on until the seat tells how the
 * run ended. A run that shall stop while its guest waits is told so instead of a reply, and comes back at once with the
 * seat unharmed; one whose guest computes, or does not come back, is over when its seat is killed. Either way the result
 * is settled exactly once, and nothing of the run is heard afterwards.
 */
import { ForgeError, type GateAnswer } from "@wasmforge/bridge";
import type { Expected } from "@wasmforge/bridge/mailbox";
import { fromTextBytes } from "@wasmforge/bridge/text";
import type { RunEnd } from "@wasmforge/python-runtime";
import type { Job, JobEnd, JobResult, JobStopReason } from "../pool/job.js";
import { Settlement } from "../pool/settlement.js";
import { mostAllowed } from "./allowance.js";
import { encodeFrame, FrameError } from "./frame.js";
import { maxReplyBytes, toSeat } from "./kinds.js";
import { mostPrintFrames, type PrintStream } from "./print-buffer.js";
import { RunClock } from "./run-clock.js";
import type { RunReport } from "./run-report.js";
import type { SeatLine } from "./seat-line.js";

export type SeatRunResult = Omit<JobResult, "usage"> & {
  readonly usage: Omit<JobResult["usage"], "queueMs">;
};

export interface SeatRunLine {
  readonly send: SeatLine["send"];
  readonly unsentBytes: () => number;
  /** Ends the seat. The run hears nothing more of it. */
  readonly kill: (why: string) => void;
}

/** How long a guest may take to come back from the call in which it was told to stop. */
const comeBackMs = 250;

type Stopping = { readonly end: JobEnd } | { readonly error: unknown };

export class SeatRun {
  readonly #job: Job;
  readonly #memoryMb: number;
  readonly #line: SeatRunLine;
  readonly #clock: RunClock;
  readonly #settlement = new Settlement<SeatRunResult>();
  /** Why the run is to end, whatever its seat will say. */
  #stopping: Stopping | undefined;
  #killTimer: ReturnType<typeof setTimeout> | undefined;
  #lastSentBytes = 0;
  #calls = 0;
  #outputs = 0;
  #openOutputs = 0;
  /** What the seat told of the run's end while outputs were still being taken. */
  #lastReport: RunReport | undefined;
  readonly #printed = { stdout: 0, stderr: 0, frames: 0 };

  constructor(job: Job, memoryMb: number, line: SeatRunLine) {
    this.#job = job;
    this.#memoryMb = memoryMb;
    this.#line = line;
    this.#clock = new RunClock(job, (reason) => this.stop(reason));
  }

  begin(): void {
    this.#callHost(() => this.#job.onStarted());
  }

  /** The order that begins the run, and what is said to its guest later. */
  send(parts: readonly Uint8Array[], answer?: Expected): void {
    this.#lastSentBytes = parts.reduce((total, part) => total + part.length, 0);
    this.#line.send(parts, answer);
  }

  get result(): Promise<SeatRunResult> {
    return this.#settlement.promise;
  }

  get isOver(): boolean {
    return this.#settlement.isSettled;
  }

  print(stream: PrintStream, bytes: Uint8Array): void {
    const printed = this.#printed;
    printed[stream] += bytes.length;
    printed.frames += 1;
    if (bytes.length === 0 || printed[stream] > this.#job.request.maxPrintBytes) {
      throw new FrameError("more was printed than the seat lets through");
    }
    const { wallMs } = this.#clock;
    const flushes = this.#calls + this.#outputs;
    if (printed.frames > mostPrintFrames(wallMs, printed.stdout + printed.stderr, flushes)) {
      throw new FrameError("what was printed came in more pieces than a seat makes of it");
    }
    if (this.#stopping === undefined) this.#callHost(() => this.#job.print(stream, bytes.slice()));
  }

  call(op: Uint8Array, payload: Uint8Array): void {
    if (this.#clock.isWaiting) throw new FrameError("a guest that waits for a reply called again");
    // Replies that nobody takes would be kept here, one after the other.
    if (this.#line.unsentBytes() > this.#lastSentBytes) {
      throw new FrameError("a guest called again and again, and took no reply");
    }
    this.#calls += 1;
    this.#clock.wait();
    if (this.#stopping !== undefined) {
      this.#tellToStop();
      return;
    }
    this.#callHost(() => {
      this.#job
        .door(fromTextBytes(op), payload)
        .then((answer) => this.#answer(answer))
        .catch((error: unknown) => this.#fail(error));
    });
  }

  /** The guest has sent something out, and goes on meanwhile. */
  output(payload: Uint8Array): void {
    if (this.#clock.isWaiting) throw new FrameError("a guest that waits for a reply sent something out");
    this.#outputs += 1;
    if (this.#outputs > mostAllowed(this.#clock.wallMs)) {
      throw new FrameError("more was sent out without waiting than a seat does");
    }
    if (this.#stopping !== undefined) return;
    this.#openOutputs += 1;
    this.#callHost(() => {
      this.#job
        .door("send_output", payload)
        .then((answer) => {
          if ("stop" in answer) this.stop(answer.stop);
        })
        .catch((error: unknown) => this.#fail(error))
        .finally(() => this.#outputTaken());
    });
  }

  #outputTaken(): void {
    this.#openOutputs -= 1;
    if (this.#openOutputs === 0 && this.#lastReport) this.#endWith(this.#lastReport);
  }

  /** It does not overtake what the guest has sent out, which may yet turn out to be too much. */
  end(report: RunReport): void {
    if (this.#openOutputs > 0 && this.#stopping === undefined) this.#lastReport = report;
    else this.#endWith(report);
  }

  #endWith(report: RunReport): void {
    if (this.isOver) return;
    if (this.#clock.isWaiting && this.#stopping === undefined) {
      throw new FrameError("a run ended while its guest waited for a reply");
    }
    const wallMs = this.#clock.wallMs;
    const computeMs = Math.min(report.computeMs, wallMs);
    const end = this.#endOf(report.end);
    const cameBack = end.kind !== "stopped";
    const peakMemoryBytes = Math.min(report.peakMemoryBytes, this.#memoryMb * 2 ** 20);
    this.#finish({
      end,
      usage: { wallMs, computeMs, waitMs: wallMs - computeMs, peakMemoryBytes },
      ...(cameBack && report.delta && { delta: report.delta }),
      ...(cameBack &&
        report.refusedDeltaBytes !== undefined && { refusedDeltaBytes: report.refusedDeltaBytes }),
    });
  }

  /** The seat could not go on from the session's state. */
  refuse(message: string): void {
    this.#over().reject(new ForgeError("session_refused", message));
  }

  /** Ends the run as soon as that can be done; at the latest when its seat is killed for it. */
  stop(reason: JobStopReason): void {
    this.#stop({ end: this.#stopped(reason) });
  }

  /** The same, by somebody who is about to end the seat. */
  giveUp(reason: JobStopReason): void {
    this.#stopping ??= { end: this.#stopped(reason) };
    this.#finish({ end: this.#stopped(reason), usage: this.#ownUsage() });
  }

  /** The seat is gone, or is not believed any more. */
  lose(): void {
    if (this.#lastReport) {
      this.#endWith(this.#lastReport);
      return;
    }
    const message =
      "the seat that it ran in died, or was ended by somebody else; other runs are not touched by it";
    this.#finish({ end: { kind: "stopped", reason: "crashed", message }, usage: this.#ownUsage() });
  }

  #stop(stopping: Stopping): void {
    if (this.isOver || this.#stopping !== undefined) return;
    this.#stopping = stopping;
    this.#clock.stop();
    if (this.#lastReport) this.#endWith(this.#lastReport);
    else if (this.#clock.isWaiting) this.#tellToStop();
    else this.#kill();
  }

  #tellToStop(): void {
    this.send(encodeFrame(toSeat.stop));
    this.#killTimer ??= setTimeout(() => this.#kill(), comeBackMs);
  }

  #kill(): void {
    this.giveUp("aborted");
    this.#line.kill("its run was to stop and did not end by itself");
  }

  #answer(answer: GateAnswer): void {
    if (this.isOver || this.#stopping !== undefined) return;
    if ("stop" in answer) {
      this.stop(answer.stop);
    } else if (answer.reply.length > maxReplyBytes) {
      this.#fail(new RangeError(`a reply of ${answer.reply.length} bytes is too large for a guest`));
    } else {
      this.#clock.goOn();
      // Most plugins do little between one call and the next, or their end.
      this.send(encodeFrame(toSeat.reply, undefined, [answer.reply]), "due");
    }
  }

  /** A callback of the host's threw, which it must not do: that is for the host to hear, and ends the run. */
  #fail(error: unknown): void {
    this.#stop({ error });
  }

  #callHost(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Why the run was stopped, if it was, counts for more than how its seat says that it ended. */
  #finish(result: SeatRunResult): void {
    const stopping = this.#stopping;
    if (stopping === undefined) this.#over().resolve(result);
    else if ("error" in stopping) this.#over().reject(stopping.error);
    else this.#over().resolve({ end: stopping.end, usage: result.usage });
  }

  #over(): Settlement<SeatRunResult> {
    this.#clock.stop();
    clearTimeout(this.#killTimer);
    return this.#settlement;
  }

  /** What the host knows of a run whose seat tells nothing: of the guest's memory, nothing. */
  #ownUsage(): SeatRunResult["usage"] {
    const { wallMs, waitMs } = this.#clock;
    return { wallMs, waitMs, computeMs: wallMs - waitMs, peakMemoryBytes: 0 };
  }

  #endOf(end: RunEnd): JobEnd {
    switch (end.kind) {
      case "stopped":
        return this.#stopped(end.reason);
      case "crashed":
        return { kind: "stopped", reason: "crashed", message: `the interpreter gave up: ${end.message}` };
      default:
        return end;
    }
  }

  #stopped(reason: JobStopReason): JobEnd {
    const { wallTimeMs, computeMs } = this.#job;
    const messages: Record<JobStopReason, string> = {
      timeout: `it took longer than ${wallTimeMs} ms`,
      compute: `it computed for longer than ${computeMs} ms`,
      memory: `it needed more memory than ${this.#memoryMb} MB`,
      output: "it printed or sent more than it may",
      aborted: "it was aborted",
      crashed: "the interpreter gave up",
    };
    return { kind: "stopped", reason, message: messages[reason] };
  }
}
