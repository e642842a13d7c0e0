import { ProviderError } from "@wasmforge/bridge";
import type { CallScope } from "./call-scope.js";
import type { Clock } from "./clock.js";

export interface StallWatch {
  /** Something came. */
  touch(): void;
  close(): void;
}

/** Ends the call when nothing comes for so long. One timer, however often something comes. */
export function watchForStall(scope: CallScope, clock: Clock, stallTimeoutMs: number): StallWatch {
  let last = clock.now();
  let stop = () => {};
  const check = () => {
    const silentMs = clock.now() - last;
    if (silentMs >= stallTimeoutMs) {
      scope.abort(new ProviderError("timeout", "the model stopped in the midst of its answer"));
    } else {
      stop = clock.after(stallTimeoutMs - silentMs, check);
    }
  };
  stop = clock.after(stallTimeoutMs, check);
  return {
    touch: () => {
      last = clock.now();
    },
    close: () => stop(),
  };
}
