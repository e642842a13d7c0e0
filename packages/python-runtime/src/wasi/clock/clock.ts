import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";

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
