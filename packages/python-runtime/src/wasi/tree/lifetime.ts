import type { FileStat } from "../abi.js";
import type { TimeChange } from "./node.js";
import type { Volume } from "./volume.js";

/** Charged for every node beside its bytes: more than a node, its name and its entry take. */
export const NODE_COST = 1024;

/**
 * The part of a writable node's life that files and directories have in common: its dates, and its cost, which is
 * given back once when it has neither a name nor an open descriptor.
 */
export class Lifetime {
  readonly #volume: Volume;
  readonly #onEnd: () => void;
  #accessed: bigint;
  #modified: bigint;
  #changed: bigint;
  #holders = 0;
  #isLinked = true;

  constructor(volume: Volume, onEnd: () => void) {
    volume.charge(NODE_COST);
    this.#volume = volume;
    this.#onEnd = onEnd;
    this.#accessed = this.#modified = this.#changed = volume.now();
  }

  get isLinked(): boolean {
    return this.#isLinked;
  }

  date(stat: FileStat): FileStat {
    return {
      ...stat,
      links: this.#isLinked ? 1 : 0,
      accessed: this.#accessed,
      modified: this.#modified,
      changed: this.#changed,
    };
  }

  setTimes({ accessed, modified }: TimeChange): void {
    const now = this.#volume.now();
    if (accessed !== undefined) this.#accessed = accessed === "now" ? now : accessed;
    if (modified !== undefined) this.#modified = modified === "now" ? now : modified;
    this.#changed = now;
  }

  touch(): void {
    this.#modified = this.#changed = this.#volume.now();
  }

  hold(): void {
    this.#holders += 1;
  }

  letGo(): void {
    this.#holders -= 1;
    this.#endIfForgotten();
  }

  unlinked(): void {
    this.#isLinked = false;
    this.#changed = this.#volume.now();
    this.#endIfForgotten();
  }

  #endIfForgotten(): void {
    if (this.#isLinked || this.#holders > 0) return;
    this.#onEnd();
    this.#volume.refund(NODE_COST);
  }
}
