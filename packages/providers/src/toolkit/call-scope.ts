import { type CallContext, ProviderError } from "@wasmforge/bridge";
import type { Clock } from "./clock.js";

/** What ends a call from outside: its caller's signal, or its time. */
export interface CallScope {
  /** Aborted with the `ProviderError` to throw as its reason. */
  readonly signal: AbortSignal;
  leftMs(): number;
  /** Ends the call. What is still under way ends with that error. */
  abort(error: ProviderError): void;
  /** Takes back the timer and the listener. */
  close(): void;
}

export function openCallScope(
  { signal: outer, timeLeftMs }: Pick<CallContext, "signal" | "timeLeftMs">,
  clock: Clock,
  maxMs = Number.POSITIVE_INFINITY,
): CallScope {
  const controller = new AbortController();
  const abort = (error: ProviderError) => controller.abort(error);
  const limitMs = Math.min(timeLeftMs, maxMs);
  const endsAt = clock.now() + limitMs;
  const onOuterAbort = () => abort(toAbortError(outer));

  if (outer.aborted) {
    onOuterAbort();
  }
  outer.addEventListener("abort", onOuterAbort, { once: true });
  const onTimeOver = () => abort(new ProviderError("timeout", "the model did not answer in time"));
  if (limitMs <= 0) {
    onTimeOver();
  }
  const stopTimer = Number.isFinite(limitMs) ? clock.after(limitMs, onTimeOver) : () => {};

  return {
    signal: controller.signal,
    leftMs: () => Math.max(0, endsAt - clock.now()),
    abort,
    close: () => {
      stopTimer();
      outer.removeEventListener("abort", onOuterAbort);
    },
  };
}

/** Rejects as soon as the signal does, whatever becomes of the promise. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    const onAbort = () => reject(toAbortError(signal));
    stop = () => signal.removeEventListener("abort", onAbort);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
    }
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stop();
  }
}

/** The error with which whatever hangs on this aborted signal ends. */
export function toAbortError(signal: AbortSignal): ProviderError {
  return ProviderError.is(signal.reason)
    ? signal.reason
    : new ProviderError("aborted", "the call was aborted", { cause: signal.reason });
}
