import { ProviderError } from "@wasmforge/bridge";
import {
  type CallScope,
  type Clock,
  type Host,
  type HttpTransport,
  malformed,
  toAbortError,
} from "@wasmforge/providers/toolkit";
import { Ollama } from "ollama/browser";
import { createGuard, type Expected, type Guard } from "./guarded-fetch.js";

/** What every request needs besides its content. */
export interface Wire {
  readonly transport: HttpTransport;
  readonly clock: Clock;
}

export interface ClientCall {
  readonly host: Host;
  readonly signal: CallScope["signal"];
  readonly expected: Expected;
  readonly onProgress?: () => void;
}

/** The official client, for one call. */
export interface HostClient extends Pick<Guard, "moreFollow" | "settle"> {
  readonly client: Ollama;
  /** What was thrown, as a `ProviderError`. */
  toError(thrown: unknown): ProviderError;
}

/**
 * A client of its own for each call, because `abort()` and `fetch` are the client's and not the call's; it is a small object,
 * and connections are the transport's. It is the client's browser build: the one for Node reads any image that is the name
 * of a file.
 */
export function lendClient({ transport, clock }: Wire, call: ClientCall): HostClient {
  const { host, signal } = call;
  const guard = createGuard({ transport, clock, ...call });
  const { url, headers } = host.endpoint;
  return {
    client: new Ollama({ host: url, headers: { ...headers }, fetch: guard.fetch }),
    moreFollow: guard.moreFollow,
    toError: (thrown) =>
      signal.aborted
        ? toAbortError(signal)
        : ProviderError.is(thrown)
          ? thrown
          : malformed("not understood", thrown),
    settle: guard.settle,
  };
}

/** A call with one answer. */
export async function askClient<T>(
  wire: Wire,
  call: ClientCall & { readonly use: (client: Ollama) => Promise<T> },
): Promise<T> {
  const { client, toError, settle } = lendClient(wire, call);
  try {
    return await call.use(client);
  } catch (error) {
    throw toError(error);
  } finally {
    await settle();
  }
}
