import { ClockId } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { Clock } from "./clock.js";
import type { Deadline } from "./deadline.js";

const STEP_NS = 1_000n;

/**
 * Time that is the same in every run: it starts where it is told to and moves by 1 µs per reading and by what is
 * slept. Sleeping takes no real time, but a run past its real deadline still ends here.
 */
export class FixedClock extends Clock {
  readonly #startNs: bigint;
  readonly #deadline: Deadline;
  #elapsed = 0n;
  #slept = 0n;

  constructor(nowMs: number, deadline: Deadline) {
    super();
    if (!(nowMs >= 0 && Number.isFinite(nowMs))) throw new TypeError("nowMs must be a time since 1970");
    this.#startNs = BigInt(Math.floor(nowMs)) * 1_000_000n;
    this.#deadline = deadline;
  }

  override read(id: number): bigint {
    this.#requireClock(id);
    this.#elapsed += STEP_NS;
    if (id === ClockId.REALTIME) return this.#startNs + this.#elapsed;
    return id === ClockId.MONOTONIC ? this.#elapsed : this.#elapsed - this.#slept;
  }

  override resolution(id: number): bigint {
    this.#requireClock(id);
    return STEP_NS;
  }

  override sleep(nanoseconds: bigint): void {
    this.#deadline.limit(nanoseconds);
    this.#elapsed += nanoseconds;
    this.#slept += nanoseconds;
  }

  #requireClock(id: number): void {
    if (id < ClockId.REALTIME || id > ClockId.THREAD_CPUTIME) throw refuse(Errno.INVAL);
  }
}
