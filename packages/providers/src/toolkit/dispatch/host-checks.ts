import { ProviderError } from "@wasmforge/bridge";
import { type CallScope, openCallScope, untilAborted } from "../call-scope.js";
import type { Clock } from "../clock.js";
import { isHostDown, unreachable } from "../http/failure.js";
import type { Host } from "./host.js";

/** Resolves when the host is there; a request that costs it nothing. */
export type Probe = (host: Host, signal: AbortSignal) => Promise<unknown>;

const probeMs = 2_000;

interface Check {
  readonly scope: CallScope;
  /** Rejects when nobody is there. */
  readonly done: Promise<void>;
}

/**
 * Finds out whether a host is there without a call's being spent on it.
 *
 * A call that gets no answer says little: the model may be loading. So a host that was dead is asked first, and one that
 * let a call's time run out is asked afterwards. A check is nobody's own: it goes on when whoever waits for it leaves, or
 * callers with little time could keep a dead host in use for ever.
 */
export class HostChecks {
  readonly #probe: Probe;
  readonly #clock: Clock;
  readonly #found: (host: Host, isThere: boolean) => void;
  readonly #running = new Map<Host, Check>();

  /** `found` is told what each check has shown. */
  constructor(probe: Probe, clock: Clock, found: (host: Host, isThere: boolean) => void) {
    this.#probe = probe;
    this.#clock = clock;
    this.#found = found;
  }

  /** Before a trial. Rejects because nobody is there, or because the caller left. */
  async before(host: Host, signal: AbortSignal): Promise<void> {
    await untilAborted(this.#check(host), signal);
  }

  /** After a call's time ran out. */
  after(host: Host): void {
    this.#check(host).catch(() => {});
  }

  close(error: Parameters<CallScope["abort"]>[0]): void {
    for (const { scope } of this.#running.values()) {
      scope.abort(error);
    }
  }

  #check(host: Host): Promise<void> {
    const running = this.#running.get(host) ?? this.#begin(host);
    this.#running.set(host, running);
    return running.done;
  }

  #begin(host: Host): Check {
    const scope = openCallScope({ signal: new AbortController().signal, timeLeftMs: probeMs }, this.#clock);
    const asked = (async () => this.#probe(host, scope.signal))();
    const done = untilAborted(asked, scope.signal)
      .then(
        () => this.#found(host, true),
        (error: unknown) => {
          const isSilent = !ProviderError.is(error) || error.code === "timeout";
          this.#found(host, !isSilent && !isHostDown(error));
          throw isSilent ? unreachable("it does not say whether it is there", error) : error;
        },
      )
      .finally(() => {
        scope.close();
        this.#running.delete(host);
      });
    return { scope, done };
  }
}
