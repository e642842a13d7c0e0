import { toAbortError } from "../call-scope.js";
import { unreachable } from "./failure.js";
import type { HttpTransport } from "./transport.js";

/** Over a `fetch` of the host's: for other engines, and for proxies. What connections it keeps is its own business. */
export function fetchTransport(fetch: typeof globalThis.fetch): HttpTransport {
  return {
    async send({ url, method, headers, body, signal }) {
      const response = await fetch(url, {
        method,
        headers,
        signal,
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
      }).catch((error: unknown) => {
        throw signal.aborted ? toAbortError(signal) : unreachable("fetch failed", error);
      });
      return {
        // A browser hides redirects behind 0.
        status: response.type === "opaqueredirect" ? 307 : response.status,
        header: (name) => response.headers.get(name) ?? undefined,
        body: read(response.body, signal),
        discard: () => void response.body?.cancel().catch(() => {}),
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function* read(body: ReadableStream<Uint8Array> | null, signal: AbortSignal) {
  if (body === null) {
    return;
  }
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } catch (error) {
    throw signal.aborted ? toAbortError(signal) : unreachable("the connection broke", error);
  } finally {
    await reader.cancel().catch(() => {});
  }
}
