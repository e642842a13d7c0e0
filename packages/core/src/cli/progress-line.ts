import type { Stream } from "./terminal.js";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const showAfterMs = 400;
const frameMs = 100;

/**
 * One line at the bottom of a terminal that says what a long run is doing. Nothing of it stays, and where the stream is
 * no terminal nothing is written at all.
 */
export class ProgressLine implements Disposable {
  readonly #stream: Stream;
  readonly #started = performance.now();
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #text: string;
  #isShown = false;

  constructor(stream: Stream, text: string) {
    this.#stream = stream;
    this.#text = text;
    if (stream.isTerminal) this.#timer = setInterval(() => this.#draw(), frameMs);
  }

  set text(text: string) {
    this.#text = text;
  }

  /** Lets something else be written, with the line out of its way. */
  around(write: () => void): void {
    this.#clear();
    write();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #draw(): void {
    const elapsed = performance.now() - this.#started;
    if (elapsed < showAfterMs) return;
    const frame = frames[Math.floor(elapsed / frameMs) % frames.length];
    const line = `${frame} ${(elapsed / 1000).toFixed(1)} s  ${this.#text}`;
    this.#stream.write(`\r\u001b[2K${line.slice(0, Math.max(10, this.#stream.columns - 1))}`);
    this.#isShown = true;
  }

  #clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#stream.write("\r\u001b[2K");
  }
}
