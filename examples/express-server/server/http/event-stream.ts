import { once } from "node:events";
import type { Response } from "express";

const heartbeatMs = 15_000;
/** Whoever takes nothing for so long has gone away without saying so. */
const stuckMs = 30_000;

/**
 * Server-sent events. Begun with the first event or the first heartbeat, so that until then there can still be an ordinary
 * answer.
 */
export class EventStream {
  readonly #heartbeat: NodeJS.Timeout;

  constructor(private readonly response: Response) {
    this.#heartbeat = setInterval(() => this.#write(": still here\n\n"), heartbeatMs);
    response.once("close", () => clearInterval(this.#heartbeat));
  }

  /** Resolves when there is room for more. Never rejects: when nobody listens any more, there is nobody to tell. */
  async send(event: { readonly type: string }): Promise<void> {
    if (this.#write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)) return;
    await this.#drained();
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#open();
    this.response.end();
  }

  #write(text: string): boolean {
    if (this.response.destroyed) return true;
    this.#open();
    return this.response.write(text);
  }

  #open(): void {
    if (this.response.headersSent) return;
    this.response.status(200).set({
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      // Proxies that gather answers before they pass them on shall not.
      "X-Accel-Buffering": "no",
    });
    this.response.flushHeaders();
  }

  async #drained(): Promise<void> {
    const gone = new AbortController();
    const timer = setTimeout(() => this.response.destroy(), stuckMs);
    const { signal } = gone;
    await Promise.race([
      once(this.response, "drain", { signal }),
      once(this.response, "close", { signal }),
    ]).catch(() => {});
    clearTimeout(timer);
    gone.abort();
  }
}
