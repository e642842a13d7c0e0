import { ClockId } from "../abi.js";
import { nothingCarried } from "../carried.js";
import { Errno } from "../errno.js";
import type { WasiPowers } from "../powers.js";
import { refuse } from "../refusal.js";
import { Clock, type ClockState } from "./clock.js";
import type { Deadline } from "./deadline.js";

/** Longer sleeps are taken in steps: no platform has to understand a sleep of centuries. */
const MAX_STEP_NS = 60_000_000_000n;
const RESOLUTION_NS = 1_000n;

/** Real time. CPU time is what has passed in runs, less what was slept. */
export class LiveClock extends Clock {
  readonly #powers: WasiPowers;
  readonly #deadline: Deadline;
  readonly #from: ClockState;
  readonly #started: bigint;
  #slept = 0n;

  constructor(powers: WasiPowers, deadline: Deadline, from: ClockState = nothingCarried) {
    super();
    this.#powers = powers;
    this.#deadline = deadline;
    this.#from = from;
    this.#started = powers.monotonic();
  }

  override get state(): ClockState {
    const { uptimeNs, cpuNs } = this.#from;
    const elapsed = this.#powers.monotonic() - this.#started;
    return { uptimeNs: uptimeNs + elapsed, cpuNs: cpuNs + elapsed - this.#slept };
  }

  override read(id: number): bigint {
    const time = this.#time(id);
    return time > 0n ? time : 1n;
  }

  override resolution(id: number): bigint {
    this.#time(id);
    return RESOLUTION_NS;
  }

  override sleep(nanoseconds: bigint): void {
    const begun = this.#powers.monotonic();
    const end = begun + nanoseconds;
    for (;;) {
      const now = this.#powers.monotonic();
      const step = this.#deadline.limit(end - now < MAX_STEP_NS ? end - now : MAX_STEP_NS);
      if (step <= 0n) break;
      this.#powers.sleep(Number(step) / 1e6);
    }
    this.#slept += this.#powers.monotonic() - begun;
  }

  #time(id: number): bigint {
    switch (id) {
      case ClockId.REALTIME:
        return this.#powers.now();
      case ClockId.MONOTONIC:
        return this.state.uptimeNs;
      case ClockId.PROCESS_CPUTIME:
      case ClockId.THREAD_CPUTIME:
        return this.state.cpuNs;
      default:
        throw refuse(Errno.INVAL);
    }
  }
}
