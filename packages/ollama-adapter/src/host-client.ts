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
import { createGuard, type Expected } from "./guarded-fetch.js";

/** What every request needs besides its content. */
export interface Wire {
  readonly transport: HttpTransport;
  readonly clock: Clock;
}

export interface ClientCall<T> {
  readonly host: Host;
  readonly signal: CallScope["signal"];
  readonly expected: Expected;
  readonly onProgress?: () => void;
  readonly use: (client: Ollama) => AsyncIterable<T>;
}

/**
 * Lends the official client for one call. A client of its own each time, because `abort()` and `fetch` are the client's and
 * not the call's; it is a small object, and connections are the transport's.
 *
 * It is the client's browser build: the one for Node reads any image that is the name of a file.
 */
export async function* withClient<T>(
  { transport, clock }: Wire,
  call: ClientCall<T>,
): AsyncGenerator<T, void, undefined> {
  const { host, signal, expected, onProgress, use } = call;
  const guard = createGuard({
    transport,
    signal,
    clock,
    expected,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const { url, headers } = host.endpoint;
  try {
    yield* use(new Ollama({ host: url, headers: { ...headers }, fetch: guard.fetch }));
  } catch (error) {
    throw signal.aborted
      ? toAbortError(signal)
      : ProviderError.is(error)
        ? error
        : malformed("not understood", error);
  } finally {
    await guard.settle();
  }
}

/** The same for a call with one answer. */
export async function askClient<T>(
  wire: Wire,
  { use, ...call }: Omit<ClientCall<T>, "use"> & { readonly use: (client: Ollama) => Promise<T> },
): Promise<T> {
  const answers = withClient(wire, {
    ...call,
    use: async function* (client) {
      yield await use(client);
    },
  });
  for await (const answer of answers) {
    return answer;
  }
  throw malformed("no answer");
}
