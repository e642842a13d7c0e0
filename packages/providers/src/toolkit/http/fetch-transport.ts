import { toAbortError } from "../call-scope.js";
import { unreachable } from "./failure.js";
import type { HttpTransport } from "./transport.js";

/** Over a `fetch` of the host's: for other engines, and for proxies. What connections it keeps is its own business. */
export function fetchTransport(fetch: typeof globalThis.fetch): HttpTransport {
  return {
    async send({ url, method, headers, body, signal }) {
      // A body that is being read cannot be cancelled, but its request can be aborted.
      const request = new AbortController();
      const onAbort = () => request.abort(signal.reason);
      const release = () => signal.removeEventListener("abort", onAbort);
      const fail = (error: unknown) => {
        release();
        return signal.aborted ? toAbortError(signal) : unreachable("fetch failed", error);
      };
      if (signal.aborted) {
        throw toAbortError(signal);
      }
      signal.addEventListener("abort", onAbort, { once: true });
      const response = await fetch(url, {
        method,
        headers,
        signal: request.signal,
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
      }).catch((error: unknown) => {
        throw fail(error);
      });
      const discard = () => {
        release();
        request.abort();
      };
      return {
        // A browser hides redirects behind 0.
        status: response.type === "opaqueredirect" ? 307 : response.status,
        header: (name) => response.headers.get(name) ?? undefined,
        body: read(response.body, { fail, release, discard }),
        discard,
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

interface Ends {
  readonly fail: (error: unknown) => Error;
  readonly release: () => void;
  readonly discard: () => void;
}

async function* read(body: ReadableStream<Uint8Array> | null, { fail, release, discard }: Ends) {
  const reader = body?.getReader();
  let isWhole = reader === undefined;
  try {
    while (reader !== undefined) {
      const { done, value } = await reader.read();
      if (done) {
        isWhole = true;
        return;
      }
      yield value;
    }
  } catch (error) {
    throw fail(error);
  } finally {
    if (isWhole) {
      release();
    } else {
      discard();
    }
  }
}
