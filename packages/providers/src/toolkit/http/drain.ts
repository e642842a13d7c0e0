import type { Clock } from "../clock.js";
import type { HttpResponse } from "./transport.js";

/** Nothing is expected any more but the end, which comes with the last line or right behind it. */
const drainMs = 250;

/** Reads to the end, so that the connection can be used again; a server that has more to say loses it. */
export async function drain(
  batches: AsyncGenerator<unknown>,
  response: HttpResponse,
  clock: Clock,
): Promise<void> {
  const stopTimer = clock.after(drainMs, () => response.discard());
  try {
    const { done } = await batches.next();
    if (!done) {
      response.discard();
    }
  } catch {
    response.discard();
  } finally {
    stopTimer();
  }
}
