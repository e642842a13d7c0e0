/** A job on its way through the pool: it *waits*, perhaps *runs*, and is *done* once, when its caller is told. */
import { ForgeError } from "@wasmforge/bridge";
import type { SeatRun } from "../seat/seat-run.js";
import type { Job, JobResult } from "./job.js";
import { Settlement } from "./settlement.js";

export class Ticket {
  readonly job: Job;
  readonly #began = performance.now();
  readonly #onAbort = () => this.#abort();
  readonly #settlement = new Settlement<JobResult>();
  #run: SeatRun | undefined;
  #leaveQueue: (() => void) | undefined;

  constructor(job: Job) {
    this.job = job;
    if (job.signal?.aborted) this.#abort();
    else job.signal?.addEventListener("abort", this.#onAbort);
  }

  get result(): Promise<JobResult> {
    return this.#settlement.promise;
  }

  get isDone(): boolean {
    return this.#settlement.isSettled;
  }

  /** It is in the queue from now on; `leave` takes it out again. */
  wait(queueMs: number, leave: () => void): void {
    const timer = setTimeout(() => {
      const advice = "try again later, or give createForge more `seats` or a larger `limits.queueMs`";
      this.refuse(new ForgeError("overloaded", `no seat was free within ${queueMs} ms: ${advice}`));
    }, queueMs);
    this.#leaveQueue = () => {
      clearTimeout(timer);
      leave();
    };
  }

  /** `begin` gives it to a seat. */
  begin(begin: () => SeatRun): void {
    this.#leave();
    const queueMs = performance.now() - this.#began;
    const run = begin();
    this.#run = run;
    // It was aborted while it was being begun.
    if (this.isDone) run.stop("aborted");
    run.result.then(
      (result) => this.#done().resolve({ ...result, usage: { queueMs, ...result.usage } }),
      (error) => this.#done().reject(error),
    );
  }

  refuse(error: ForgeError): void {
    this.#done().reject(error);
  }

  /** Its seat is about to be ended. */
  giveUp(): void {
    this.#run?.giveUp("aborted");
  }

  #abort(): void {
    if (this.#run !== undefined) {
      this.#run.stop("aborted");
      return;
    }
    const queueMs = performance.now() - this.#began;
    this.#done().resolve({
      end: { kind: "stopped", reason: "aborted", message: "it was aborted before it began" },
      usage: { queueMs, wallMs: 0, computeMs: 0, waitMs: 0, peakMemoryBytes: 0 },
    });
  }

  #leave(): void {
    this.#leaveQueue?.();
    this.#leaveQueue = undefined;
  }

  #done(): Settlement<JobResult> {
    this.#leave();
    this.job.signal?.removeEventListener("abort", this.#onAbort);
    return this.#settlement;
  }
}
