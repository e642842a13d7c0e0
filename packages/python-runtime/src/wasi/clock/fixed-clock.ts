import { ClockId } from "../abi.js";
import { nothingCarried } from "../carried.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { Clock, type ClockState } from "./clock.js";
import type { Deadline } from "./deadline.js";

const STEP_NS = 1_000n;

/** 146 years: what is slept beyond does not count, or a clock of 64 bits would begin anew. */
const MOST_NS = 1n << 62n;

export interface FixedTime {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Time that is the same in every run: it starts where it is told to and moves by 1 µs per reading and by what is
 * slept. Sleeping takes no real time, but a run past its real deadline still ends here.
 */
export class FixedClock extends Clock {
  readonly #startNs: bigint;
  readonly #from: ClockState;
  readonly #deadline: Deadline;
  #elapsed = 0n;
  #slept = 0n;

  constructor({ nowMs }: FixedTime, deadline: Deadline, from: ClockState = nothingCarried) {
    super();
    this.#startNs = toNanoseconds("nowMs", nowMs);
    this.#from = from;
    this.#deadline = deadline;
  }

  override get state(): ClockState {
    const { uptimeNs, cpuNs } = this.#from;
    return { uptimeNs: uptimeNs + this.#elapsed, cpuNs: cpuNs + this.#elapsed - this.#slept };
  }

  override read(id: number): bigint {
    this.#requireClock(id);
    this.#elapsed += STEP_NS;
    if (id === ClockId.REALTIME) return this.#startNs + this.#elapsed;
    return id === ClockId.MONOTONIC ? this.state.uptimeNs : this.state.cpuNs;
  }

  override resolution(id: number): bigint {
    this.#requireClock(id);
    return STEP_NS;
  }

  override sleep(nanoseconds: bigint): void {
    this.#deadline.limit(nanoseconds);
    const left = MOST_NS - this.state.uptimeNs;
    const slept = nanoseconds < left ? nanoseconds : left > 0n ? left : 0n;
    this.#elapsed += slept;
    this.#slept += slept;
  }

  #requireClock(id: number): void {
    if (id < ClockId.REALTIME || id > ClockId.THREAD_CPUTIME) throw refuse(Errno.INVAL);
  }
}

function toNanoseconds(name: string, milliseconds: number): bigint {
  if (!(milliseconds >= 0 && Number.isFinite(milliseconds))) {
    throw new TypeError(`${name} must be milliseconds, zero or more`);
  }
  return BigInt(Math.floor(milliseconds)) * 1_000_000n;
}
