import type { Ticket } from "./ticket.js";

/** Somebody who waits for news of these tickets, for a time. */
export class Waiting {
  readonly #timer: ReturnType<typeof setTimeout>;
  isOver = false;
  #wake: (() => void) | undefined;

  constructor(
    readonly tickets: ReadonlySet<Ticket>,
    timeoutMs: number,
  ) {
    this.#timer = setTimeout(() => this.end(), timeoutMs);
  }

  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake?.();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.isOver = true;
    this.wake();
  }
}
