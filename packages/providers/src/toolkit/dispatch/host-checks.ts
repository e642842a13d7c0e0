import type { CallScope } from "../call-scope.js";
import { openCallScope, toAbortError } from "../call-scope.js";
import type { Clock } from "../clock.js";
import type { Host } from "./host.js";

/** Resolves when the host is there; a request that costs it nothing. */
export type Probe = (host: Host, signal: AbortSignal) => Promise<unknown>;

const probeMs = 2_000;

/**
 * Finds out whether a host is there without a call's being spent on it.
 *
 * A call that gets no answer says little: the model may be loading. So a host that was dead is asked first, and one that
 * let a call's time run out is asked afterwards, in the background.
 */
export class HostChecks {
  readonly #probe: Probe;
  readonly #clock: Clock;
  readonly #running = new Map<Host, CallScope>();

  constructor(probe: Probe, clock: Clock) {
    this.#probe = probe;
    this.#clock = clock;
  }

  /** Before a trial. Rejects like the probe, or because the caller left. */
  async before(host: Host, signal: AbortSignal): Promise<void> {
    const scope = openCallScope({ signal, timeLeftMs: probeMs }, this.#clock);
    try {
      await this.#probe(host, scope.signal);
    } catch (error) {
      throw signal.aborted ? toAbortError(signal) : error;
    } finally {
      scope.close();
    }
  }

  /** After a call's time ran out. `found` is told whether the host is there. */
  after(host: Host, found: (isThere: boolean) => void): void {
    if (this.#running.has(host)) {
      return;
    }
    const scope = openCallScope({ signal: new AbortController().signal, timeLeftMs: probeMs }, this.#clock);
    this.#running.set(host, scope);
    this.#probe(host, scope.signal)
      .then(
        () => found(true),
        () => found(false),
      )
      .finally(() => {
        scope.close();
        this.#running.delete(host);
      });
  }

  close(error: Parameters<CallScope["abort"]>[0]): void {
    for (const scope of this.#running.values()) {
      scope.abort(error);
    }
  }
}
