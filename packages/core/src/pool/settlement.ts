/** A promise that is settled from outside: once, and what comes later is ignored. */
export class Settlement<T> {
  readonly promise: Promise<T>;
  #resolve: (value: T) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #isSettled = false;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  resolve(value: T): void {
    this.#isSettled = true;
    this.#resolve(value);
  }

  reject(error: unknown): void {
    this.#isSettled = true;
    this.#reject(error);
  }
}
