import { type Carried, nothingCarried } from "../carried.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";

/** What a clock goes on from, and where it stands. */
export type ClockState = Pick<Carried, "uptimeNs" | "cpuNs">;

/** The clocks of one run, all in nanoseconds. This one knows no time. */
export class Clock {
  /** Looking at it does not move it. */
  get state(): ClockState {
    return nothingCarried;
  }

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
