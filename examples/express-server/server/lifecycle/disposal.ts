/** What was made, to be undone in reverse: when the last part could not be made, or when all of it is no longer needed. */
export class Disposal implements AsyncDisposable {
  readonly #undo: (() => PromiseLike<void> | void)[] = [];
  #done: Promise<void> | undefined;

  use<T extends AsyncDisposable>(made: T): T {
    this.defer(() => made[Symbol.asyncDispose]());
    return made;
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
