import { ProviderError } from "@wasmforge/bridge";
import { toAbortError } from "../call-scope.js";
import type { Clock } from "../clock.js";
import { bestOf, type Rating } from "./best-host.js";
import { FairLines } from "./fair-lines.js";
import type { Host } from "./host.js";
import { toDeadError, toLeftError } from "./waiting-errors.js";

/** Who waits, and what for. */
export interface Applicant {
  readonly tenant: string;
  readonly plugin: string;
  readonly signal: AbortSignal;
  readonly rate: (host: Host) => Rating;
  /** It had its turn before, and was not served: it does not start again behind the others. */
  readonly again: boolean;
}

export interface Lease {
  readonly host: Host;
  readonly waitedMs: number;
  /** Gives the place back. Twice does no harm. */
  release(): void;
  /** Gives it back unused, which costs nothing. */
  decline(): void;
}

interface Waiting extends Applicant {
  readonly since: number;
  readonly resolve: (lease: Lease) => void;
  readonly reject: (error: ProviderError) => void;
  readonly stopListening: () => void;
}

/** A first guess at how long a call takes; it follows what is seen. */
const firstGuessMs = 1_000;
/** Nobody is served for nothing, or whoever fails at once could be served for ever. */
const leastCostMs = 1;
const sweepEvery = 256;

/**
 * The door to the hosts: so many at a time, in fair order, and a line of bounded length before it.
 *
 * A call is *waiting* until a host that it can use has room, then it is *served* until its lease is released. Whoever
 * leaves while waiting leaves at once. Whoever waits only for hosts that were found dead is told so.
 */
export class Admission {
  readonly #hosts: readonly Host[];
  readonly #maxQueue: number;
  readonly #clock: Clock;
  readonly #lines = new FairLines<Waiting>();
  #meanMs = firstGuessMs;
  #entered = 0;
  #stopTimer = () => {};
  #closed: ProviderError | undefined;

  constructor(
    hosts: readonly Host[],
    { maxQueue, clock }: { readonly maxQueue: number; readonly clock: Clock },
  ) {
    this.#hosts = hosts;
    this.#maxQueue = maxQueue;
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#lines.length;
  }

  enter(applicant: Applicant): Promise<Lease> {
    return new Promise((resolve, reject) => {
      const { signal } = applicant;
      if (this.#closed !== undefined || signal.aborted) {
        reject(this.#closed ?? toAbortError(signal));
        return;
      }
      const onAbort = () => {
        this.#lines.remove(entry);
        reject(toLeftError(signal));
        this.#serve();
      };
      const entry: Waiting = {
        ...applicant,
        since: this.#clock.now(),
        resolve,
        reject,
        stopListening: () => signal.removeEventListener("abort", onAbort),
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#lines.add(entry, applicant.again ? "front" : "back");
      this.#entered += 1;
      if (this.#entered % sweepEvery === 0) {
        this.#lines.sweep();
      }
      this.#serve();
      if (this.#lines.length > this.#maxQueue) {
        const evicted = this.#lines.takeFromLongest();
        if (evicted !== undefined) {
          this.#refuse(evicted, new ProviderError("overloaded", "too many calls wait for the model server"));
        }
      }
    });
  }

  /** Something changed: a host rests, or is back. */
  update(): void {
    this.#serve();
  }

  close(error: ProviderError): void {
    this.#closed = error;
    this.#stopTimer();
    for (const entry of this.#lines.all()) {
      this.#lines.remove(entry);
      this.#refuse(entry, error);
    }
  }

  #serve(): void {
    // Seen before anybody is served: a rest that ends in between must not be the reason to wait for nothing.
    const resting = this.#hosts.filter(({ restMs }) => restMs > 0);
    while (this.#hosts.some(({ hasRoom }) => hasRoom)) {
      const choice: { host: Host | undefined } = { host: undefined };
      const entry = this.#lines.begin((one) => {
        choice.host = bestOf(this.#hosts, one.rate);
        return choice.host !== undefined;
      }, this.#meanMs);
      if (entry === undefined || choice.host === undefined) {
        break;
      }
      entry.stopListening();
      entry.resolve(this.#lease(entry, choice.host));
    }
    this.#dismissTheHopeless();
    this.#wakeWhenRested(resting);
  }

  #lease(entry: Waiting, host: Host): Lease {
    // What #serve charged when it took the entry.
    const guessedMs = this.#meanMs;
    const began = this.#clock.now();
    host.begin();
    let held = true;
    const giveBack = (cost: () => number) => {
      if (held) {
        held = false;
        host.end();
        this.#lines.end(entry, guessedMs, cost());
        this.#serve();
      }
    };
    return {
      host,
      waitedMs: began - entry.since,
      release: () =>
        giveBack(() => {
          const tookMs = Math.max(this.#clock.now() - began, leastCostMs);
          this.#meanMs += (tookMs - this.#meanMs) / 16;
          return tookMs;
        }),
      decline: () => giveBack(() => 0),
    };
  }

  /** Whoever can only use hosts that were found dead has nothing to wait for. */
  #dismissTheHopeless(): void {
    const dead = new Set(this.#hosts.filter(({ breaker }) => breaker.state !== "closed" && !breaker.admits));
    if (dead.size === 0) {
      return;
    }
    for (const entry of this.#lines.all()) {
      const usable = this.#hosts.filter((host) => entry.rate(host) !== undefined);
      if (usable.every((host) => dead.has(host))) {
        this.#lines.remove(entry);
        this.#refuse(entry, toDeadError(usable));
      }
    }
  }

  #wakeWhenRested(resting: readonly Host[]): void {
    this.#stopTimer();
    this.#stopTimer = () => {};
    if (this.#lines.length > 0 && resting.length > 0 && this.#closed === undefined) {
      const restMs = Math.min(...resting.map((host) => host.restMs));
      this.#stopTimer = this.#clock.after(restMs, () => this.#serve());
    }
  }

  #refuse(entry: Waiting, error: ProviderError): void {
    entry.stopListening();
    entry.reject(error);
  }
}
