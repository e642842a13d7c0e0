import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";

/**
 * Where the guest's monotonic clock begins in every run. libc takes a reading of it when an image is booted, and
 * later counts CPU time from there: an image must not be booted with more, so that in each of its runs time has gone
 * on. Neither the platform's uptime nor that of the runs before can be read off it.
 */
export const UPTIME_MS = 1_000;

/** The clocks of one run, all in nanoseconds. This one knows no time. */
export class Clock {
  /** The time on a clock, never zero: CPython takes zero for a broken clock. */
  read(_id: number): bigint {
    throw refuse(Errno.NOTCAPABLE);
  }

  resolution(_id: number): bigint {
    throw refuse(Errno.NOTCAPABLE);
  }

  /** Lets this much time pass. Throws `StopRun("timeout")` where the run's deadline comes first. */
  sleep(_nanoseconds: bigint): void {
    throw refuse(Errno.NOTCAPABLE);
  }
}
