/** What was made, to be undone in reverse: when the last part could not be made, or when all of it is no longer needed. */
export class Disposal implements AsyncDisposable {
  readonly #undo: (() => PromiseLike<void> | void)[] = [];
  #done: Promise<void> | undefined;

  use<T extends AsyncDisposable>(made: T): T {
    this.defer(() => made[Symbol.asyncDispose]());
    return made;
  }

  /** For two that are made at the same time: one is undone also when the other could not be made. */
  async useBoth<A extends AsyncDisposable, B extends AsyncDisposable>(
    one: Promise<A>,
    other: Promise<B>,
  ): Promise<[A, B]> {
    const made = await Promise.allSettled([one, other]);
    for (const part of made) if (part.status === "fulfilled") this.use(part.value);
    return Promise.all([one, other]);
  }

  defer(undo: () => PromiseLike<void> | void): void {
    this.#undo.push(undo);
  }

  /** Does all of it, whatever fails on the way; then tells the first failure. Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#done ??= this.#dispose();
    return this.#done;
  }

  async #dispose(): Promise<void> {
    const failures: unknown[] = [];
    for (const undo of this.#undo.reverse()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
