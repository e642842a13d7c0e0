/** A place among the calls that are served at the same time. */
export interface Turn {
  /** Absent where the place was free. */
  readonly ready?: Promise<void>;
  /** Gives the place up, or leaves the queue. Idempotent. */
  leave(): void;
}

/** Lets so many calls of a run be served at the same time; the others wait in the order they came. */
export class Turns {
  #free: number;
  /** In order; whoever gives up leaves from the middle. */
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  take(): Turn {
    let state: "waiting" | "placed" | "gone" = "placed";
    let begin: (() => void) | undefined;
    const leave = () => {
      if (state === "placed") this.#passOn();
      else if (begin) this.#waiting.delete(begin);
      state = "gone";
    };
    if (this.#free > 0) {
      this.#free--;
      return { leave };
    }
    state = "waiting";
    const ready = new Promise<void>((resolve) => {
      begin = () => {
        state = "placed";
        resolve();
      };
      this.#waiting.add(begin);
    });
    return { ready, leave };
  }

  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
