/**
 * How often a seat may wake its host without waiting for it: a few times at once, and then at a rate that the host can
 * bear. What goes beyond that, a seat gathers, or waits until it is answered.
 */
const mostAtOnce = 100;
const perMs = 1;

export class Allowance {
  readonly #now: () => number;
  #left = mostAtOnce;
  #countedAt: number;

  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#countedAt = now();
  }

  /** Whether it may be done now. */
  take(): boolean {
    const now = this.#now();
    this.#left = Math.min(mostAtOnce, this.#left + (now - this.#countedAt) * perMs);
    this.#countedAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** What a seat that keeps to its allowance never exceeds, with room to spare. */
export function mostAllowed(elapsedMs: number): number {
  return 1000 + 4 * perMs * elapsedMs;
}
