import type { Job, JobResult } from "./job.js";

/** Seats, and the queue before them. Who created it closes it. */
export interface Pool extends AsyncDisposable {
  readonly runtime: PoolRuntime;
  /**
   * Resolves however the guest ends. Rejects with a `ForgeError`: `overloaded` where the queue has no room or took too
   * long, `closed`, `seat_failed` where no seat can be had. What a callback of the job throws, it rejects with as well.
   */
  run(job: Job): Promise<JobResult>;
  stats(): PoolStats;
  /** Refuses what waits, aborts what runs, and resolves when no thread and no process is left. Idempotent. */
  close(): Promise<void>;
}

export interface PoolRuntime {
  readonly name: "forged" | "stock";
  readonly imageHash: string;
}

export interface PoolStats {
  /** Seats that wait for a run. */
  readonly ready: number;
  readonly running: number;
  /** Seats that have answered and are being brought back to their first state. */
  readonly settling: number;
  readonly starting: number;
  /** Seats that were ended, and of which something is still there. */
  readonly ending: number;
  readonly queued: number;
  /** Of all time: runs that a seat has begun with. */
  readonly runs: number;
}
