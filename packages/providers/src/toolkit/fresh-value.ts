import type { ProviderError } from "@wasmforge/bridge";
import { openCallScope, untilAborted } from "./call-scope.js";
import type { Clock } from "./clock.js";

export interface FreshValue<T> {
  /** A value that is at most so old. All who ask at the same time share one request; an error is not kept. */
  get(signal: AbortSignal): Promise<T>;
  /** The value, if there is one that is fresh enough, without asking anybody. */
  peek(): T | undefined;
  /** Something happened that may have changed it. */
  forget(): void;
  close(error: ProviderError): void;
}

export interface FreshValueOptions<T> {
  /** Its signal is nobody's own: whoever asked first may leave. */
  readonly load: (signal: AbortSignal) => Promise<T>;
  readonly keepMs: number;
  /** Whether that is something to go by for a while. @default it always is */
  readonly isKept?: (value: T) => boolean;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Something that a server is asked for more often than it changes. */
export function createFreshValue<T>(options: FreshValueOptions<T>): FreshValue<T> {
  const { load, keepMs, isKept = () => true, timeoutMs, clock } = options;
  const closing = new AbortController();
  let kept: { readonly value: T; readonly until: number } | undefined;
  let running: Promise<T> | undefined;

  const peek = () => (kept !== undefined && clock.now() < kept.until ? kept.value : undefined);
  const start = () => {
    const scope = openCallScope({ signal: closing.signal, timeLeftMs: timeoutMs }, clock);
    const promise: Promise<T> = untilAborted(load(scope.signal), scope.signal)
      .then((value) => {
        // Forgotten meanwhile: what was asked for before that is not kept.
        if (running === promise && isKept(value)) {
          kept = { value, until: clock.now() + keepMs };
        }
        return value;
      })
      .finally(() => {
        scope.close();
        if (running === promise) {
          running = undefined;
        }
      });
    running = promise;
    return promise;
  };

  return {
    peek,
    get: async (signal) => peek() ?? (await untilAborted(running ?? start(), signal)),
    forget: () => {
      kept = undefined;
      running = undefined;
    },
    close: (error) => closing.abort(error),
  };
}
