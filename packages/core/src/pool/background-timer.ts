/** A timer for what nobody waits for: in Node it does not keep the process alive. */
export class BackgroundTimer {
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(ms: number, act: () => void) {
    this.#timer = setTimeout(act, ms);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
