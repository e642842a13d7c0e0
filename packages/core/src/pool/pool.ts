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
  /** `forged`: restored from a snapshot for each run. `stock`: started anew for each run. */
  readonly name: "forged" | "stock";
  /** Tells interpreters apart. It is part of audit records and of sleeping sessions. */
  readonly imageHash: string;
}

/** How many seats are in which state, and how many runs wait. */
export interface PoolStats {
  /** Seats that wait for a run. */
  readonly ready: number;
  /** Seats in which a plugin runs. */
  readonly running: number;
  /** Seats that have answered and are being brought back to their first state. */
  readonly settling: number;
  /** Seats that are not ready for their first run yet. */
  readonly starting: number;
  /** Seats that were ended, and of which something is still there. */
  readonly ending: number;
  /** Runs that wait for a seat. */
  readonly queued: number;
  /** Runs that a seat has begun with, since the Forge was created. */
  readonly runs: number;
}
