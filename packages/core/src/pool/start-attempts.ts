/**
 * When the next seat may be started. Starting takes a core from those that run, so only a few at the same time; the first
 * one alone, so that somebody can begin with it soon; and after a failure one at a time, with longer and longer pauses.
 */
import { BackgroundTimer } from "./background-timer.js";

const firstPauseMs = 100;
const longestPauseMs = 10_000;
const hopelessAfter = 3;

export class StartAttempts {
  readonly #mostAtOnce: number;
  readonly #onPauseOver: () => void;
  #goesWell = false;
  #failures = 0;
  #lastFailure = "";
  #pause: BackgroundTimer | undefined;

  constructor(mostAtOnce: number, onPauseOver: () => void) {
    this.#mostAtOnce = mostAtOnce;
    this.#onPauseOver = onPauseOver;
  }

  /** Nothing that was tried lately has worked. */
  get isHopeless(): boolean {
    return this.#failures >= hopelessAfter;
  }

  get lastFailure(): string {
    return this.#lastFailure;
  }

  mayStart(starting: number): boolean {
    return this.#goesWell ? starting < this.#mostAtOnce : this.#pause === undefined && starting === 0;
  }

  failed(detail: string): void {
    this.#goesWell = false;
    this.#lastFailure = detail;
    // Those that were started together fail together: that is one attempt.
    if (this.#pause !== undefined) return;
    this.#failures += 1;
    const ms = Math.min(firstPauseMs * 2 ** (this.#failures - 1), longestPauseMs);
    this.#pause = new BackgroundTimer(ms, () => {
      this.#pause = undefined;
      this.#onPauseOver();
    });
  }

  succeeded(): void {
    this.#goesWell = true;
    this.#failures = 0;
    this.stop();
  }

  stop(): void {
    this.#pause?.clear();
    this.#pause = undefined;
  }
}
