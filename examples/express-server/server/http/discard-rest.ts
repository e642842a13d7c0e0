import type { IncomingMessage } from "node:http";

const maxBytes = 64_000_000;
const maxMs = 10_000;

/**
 * Reads what is left of a request that is refused: most clients look at the answer only when they have sent everything.
 * Only for a while: whoever goes on sending gets the answer, and is cut off.
 */
export function discardRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const done = () => {
      clearTimeout(timer);
      request.off("data", count).off("end", done).off("close", done).off("error", done).pause();
      resolve();
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) done();
    };
    const timer = setTimeout(done, maxMs);
    request.on("data", count).on("end", done).on("close", done).on("error", done).resume();
  });
}
