/**
 * A run's time, as its host sees it, and what happens when it is over. There is one timer, and it is rarely set anew:
 * waiting for replies only ever moves the end of the compute time away, so that a timer that is early looks again.
 */
export interface RunTimes {
  readonly wallTimeMs: number;
  /** Not counting the time between `wait` and `goOn`. */
  readonly computeMs: number;
}

/** A guest that sleeps ends by itself when its wall time is over, and its seat is kept: it gets a moment to do so. */
const graceMs = 20;
/** A timer this late says that the host was busy itself. The guest's end may lie there unread, so it looks once more after that was read. */
const lateMs = 20;
/** Timers cannot be set further ahead. */
const mostTimerMs = 2 ** 31 - 1;

export class RunClock {
  readonly #times: RunTimes;
  readonly #onOver: (which: "timeout" | "compute") => void;
  readonly #began = performance.now();
  #waitedMs = 0;
  #waitsSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerDue = 0;
  #wasLate = false;

  constructor(times: RunTimes, onOver: (which: "timeout" | "compute") => void) {
    this.#times = times;
    this.#onOver = onOver;
    this.#set();
  }

  get wallMs(): number {
    return performance.now() - this.#began;
  }

  get waitMs(): number {
    return this.#waitedMs + (this.#waitsSince === undefined ? 0 : performance.now() - this.#waitsSince);
  }

  get isWaiting(): boolean {
    return this.#waitsSince !== undefined;
  }

  /** The guest waits for a reply. */
  wait(): void {
    this.#waitsSince ??= performance.now();
  }

  goOn(): void {
    this.#waitedMs = this.waitMs;
    this.#waitsSince = undefined;
    if (this.#timer !== undefined && this.#due() < this.#timerDue) this.#set();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** When something may be over, at the earliest. */
  #due(): number {
    const now = performance.now();
    const wallLeft = this.#times.wallTimeMs + graceMs - this.wallMs;
    const computeLeft = this.#times.computeMs - (this.wallMs - this.waitMs);
    return now + (this.isWaiting ? wallLeft : Math.min(wallLeft, computeLeft));
  }

  #set(): void {
    clearTimeout(this.#timer);
    this.#timerDue = this.#due();
    this.#wasLate = false;
    const ms = Math.ceil(Math.max(0, this.#timerDue - performance.now()));
    this.#timer = setTimeout(() => this.#look(), Math.min(ms, mostTimerMs));
  }

  #look(): void {
    const now = performance.now();
    if (now < this.#due()) {
      this.#set();
      return;
    }
    if (now > this.#timerDue + lateMs && !this.#wasLate) {
      this.#wasLate = true;
      this.#timer = setTimeout(() => this.#look(), 0);
      return;
    }
    const isWallOver = this.wallMs >= this.#times.wallTimeMs;
    this.#timer = undefined;
    this.#onOver(isWallOver ? "timeout" : "compute");
  }
}
