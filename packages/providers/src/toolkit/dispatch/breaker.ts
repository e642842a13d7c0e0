import type { Clock } from "../clock.js";

export interface BreakerOptions {
  /** So many failures in a row, and the host is left alone. */
  readonly failures: number;
  /** For how long at first; each failed trial doubles it. */
  readonly restMs: number;
  readonly maxRestMs: number;
}

export type BreakerState = "closed" | "open" | "trial";

/**
 * Whether a host is worth asking.
 *
 * It starts *closed*: everything goes through. After some failures in a row it is *open*: nothing does, so that callers
 * hear at once what a dead host would take long to say. When it has rested, the next call is a *trial*, alone: if it
 * succeeds the breaker is closed, if it fails it is open for twice as long. Nothing runs in the background.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #options: BreakerOptions;
  #state: BreakerState = "closed";
  #failures = 0;
  #restMs: number;
  #restUntil = 0;

  constructor(clock: Clock, options: BreakerOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#restMs = options.restMs;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether a call may go to the host at this moment. */
  get admits(): boolean {
    return this.#state === "closed" || (this.#state === "open" && this.restMs === 0);
  }

  /** How long nothing will be admitted. */
  get restMs(): number {
    return this.#state === "open" ? Math.max(0, this.#restUntil - this.#clock.now()) : 0;
  }

  /** A call goes to the host. */
  begin(): void {
    if (this.#state === "open") {
      this.#state = "trial";
    }
  }

  /** The host answered, whatever it said. */
  succeed(): void {
    this.#failures = 0;
    this.#restMs = this.#options.restMs;
    this.#state = "closed";
  }

  /** The call ended without showing anything, for example because its caller left. */
  abandon(): void {
    if (this.#state === "trial") {
      this.#state = "open";
    }
  }

  /** The host was not there. */
  fail(): void {
    this.#failures += 1;
    if (this.#state === "trial" || (this.#state === "closed" && this.#failures >= this.#options.failures)) {
      this.trip();
    }
  }

  /** The host is certainly not there. */
  trip(): void {
    if (this.restMs === 0) {
      this.#state = "open";
      this.#restUntil = this.#clock.now() + this.#restMs;
      this.#restMs = Math.min(this.#restMs * 2, this.#options.maxRestMs);
    }
  }
}
