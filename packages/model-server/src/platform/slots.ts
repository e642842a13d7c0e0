/** How a model server works off its requests: a few at a time, the rest in line, and no more than fit. */
export class Slots {
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    readonly parallel: number,
    readonly maxQueue: number,
  ) {}

  get busy(): number {
    return this.#busy;
  }

  /** Resolves to `undefined` where the line is full, else to what gives the place back. */
  async take(left: AbortSignal): Promise<(() => void) | undefined> {
    if (this.#busy >= this.parallel) {
      if (this.#waiting.length >= this.maxQueue) {
        return undefined;
      }
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        left.addEventListener(
          "abort",
          () => {
            const at = this.#waiting.indexOf(resolve);
            if (at >= 0) {
              this.#waiting.splice(at, 1);
              this.#busy += 1;
              resolve();
            }
          },
          { once: true },
        );
      });
    } else {
      this.#busy += 1;
    }
    let held = true;
    return () => {
      if (!held) {
        return;
      }
      held = false;
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#busy -= 1;
      } else {
        next();
      }
    };
  }
}
