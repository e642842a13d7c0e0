import { ProviderError } from "@wasmforge/bridge";
import { toAbortError } from "../call-scope.js";
import type { Host } from "./host.js";

/** Whoever can only go to these has nothing to wait for. */
export function toDeadError(hosts: readonly Host[]): ProviderError {
  return new ProviderError(
    "unavailable",
    "the model server cannot be reached; it is tried again in a moment",
    {
      retryAfterMs: Math.min(...hosts.map(({ restMs }) => restMs)),
    },
  );
}

/** That a call waited in vain is another thing than a model that is slow. */
export function toLeftError(signal: AbortSignal): ProviderError {
  const error = toAbortError(signal);
  return error.code === "timeout"
    ? new ProviderError("timeout", "the call's turn at the model server did not come in time", {
        cause: error,
      })
    : error;
}
