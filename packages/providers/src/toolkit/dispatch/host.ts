import type { Clock } from "../clock.js";
import type { Endpoint } from "../http/endpoint.js";
import { Breaker, type BreakerOptions, type BreakerState } from "./breaker.js";

export interface HostStatus {
  readonly url: string;
  readonly state: BreakerState;
  /** Calls that are with it. */
  readonly calls: number;
  /** For how long nothing more will be sent. */
  readonly restMs: number;
}

/** One machine of a model server, and how it does. */
export class Host {
  readonly breaker: Breaker;
  #calls = 0;
  #pausedUntil = 0;

  constructor(
    readonly endpoint: Endpoint,
    readonly maxParallel: number,
    readonly clock: Clock,
    breaker: BreakerOptions,
  ) {
    this.breaker = new Breaker(clock, breaker);
  }

  get calls(): number {
    return this.#calls;
  }

  get restMs(): number {
    return Math.max(this.breaker.restMs, this.#pausedUntil - this.clock.now(), 0);
  }

  get hasRoom(): boolean {
    return this.breaker.admits && this.restMs === 0 && this.#calls < this.maxParallel;
  }

  /** It asked for time, or just failed: nobody sends it anything for so long. */
  pause(forMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.clock.now() + forMs);
  }

  begin(): void {
    this.#calls += 1;
    this.breaker.begin();
  }

  end(): void {
    this.#calls -= 1;
  }

  status(): HostStatus {
    const { state } = this.breaker;
    return { url: this.endpoint.url, state, calls: this.#calls, restMs: Math.ceil(this.restMs) };
  }
}
