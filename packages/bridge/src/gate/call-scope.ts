import { maxTimerMs } from "../timer.js";
import { CallError } from "./call-error.js";

/**
 * The lifetime of one call: it is over when its work is done, at the run's deadline, or when somebody ends it. Whoever
 * works for it is not waited for any longer then: a provider or a tool may ignore its signal.
 */
export class CallScope {
  readonly #timer: ReturnType<typeof setTimeout>;
  #controller: AbortController | undefined;
  #ended: CallError | undefined;
  #fail: ((error: CallError) => void) | undefined;

  constructor(timeLeftMs: number) {
    this.#timer = setTimeout(
      () => this.end(new CallError("timeout", "the run's time is over")),
      Math.min(Math.max(timeLeftMs, 0), maxTimerMs),
    );
  }

  /** Made when it is asked for: most calls of most guests never need one. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ended) {
      this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Settles as `work` does, or fails as soon as the call is over. One at a time. */
  race<T>(work: PromiseLike<T> | T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // Attached even if the call is over already: a rejection of `work` that nobody handles would end the process.
      Promise.resolve(work).then(resolve, reject);
      this.#fail = reject;
      if (this.#ended) {
        reject(this.#ended);
      }
    });
  }

  /** Throws why the call is over, if it is. */
  check(): void {
    if (this.#ended) throw this.#ended;
  }

  /** Ends the call before its work is done. The first one counts. */
  end(error: CallError): void {
    if (this.#ended) return;
    this.#ended = error;
    clearTimeout(this.#timer);
    this.#controller?.abort();
    this.#fail?.(error);
  }

  /** The work is done. */
  dispose(): void {
    clearTimeout(this.#timer);
  }
}
