import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import type { Descriptor } from "./descriptor.js";

/** So many files can be open at once, and no descriptor's number is higher. */
export const MAX_DESCRIPTORS = 128;

/** The streams and `/`, which every run has from its beginning. */
export const STANDARD_DESCRIPTORS = 4;

/** The guest's file descriptors by number. Each use names the rights that it needs. */
export class DescriptorTable {
  readonly #slots: (Descriptor | undefined)[];
  readonly #lost: Set<number>;

  /** `lost` are numbers that the guest holds from before; see `Carried`. */
  constructor(first: readonly Descriptor[] = [], lost: readonly number[] = []) {
    this.#slots = [...first];
    this.#lost = new Set(lost);
  }

  /** The numbers that the guest has not closed, without those that every run begins with. */
  get held(): readonly number[] {
    const held = [...this.#lost];
    for (let fd = STANDARD_DESCRIPTORS; fd < this.#slots.length; fd++) {
      if (this.#slots[fd] !== undefined) held.push(fd);
    }
    return held;
  }

  get(fd: number, rights = 0): Descriptor {
    const descriptor = this.#slots[fd];
    if (descriptor === undefined) throw refuse(Errno.BADF);
    if ((rights & ~descriptor.rights.base) !== 0) throw refuse(Errno.NOTCAPABLE);
    return descriptor;
  }

  /** The lowest free number, as POSIX programs expect; asked for before anything is opened. */
  vacancy(): number {
    for (let fd = 0; fd < MAX_DESCRIPTORS; fd++) {
      if (this.#slots[fd] === undefined && !this.#lost.has(fd)) return fd;
    }
    throw refuse(Errno.MFILE);
  }

  set(fd: number, descriptor: Descriptor): void {
    this.#slots[fd] = descriptor;
  }

  close(fd: number): void {
    if (this.#lost.delete(fd)) return;
    this.get(fd).close();
    this.#slots[fd] = undefined;
  }

  renumber(from: number, to: number): void {
    const descriptor = this.get(from);
    this.get(to);
    if (from === to) return;
    this.close(to);
    this.#slots[to] = descriptor;
    this.#slots[from] = undefined;
  }

  closeAll(): void {
    for (const descriptor of this.#slots) descriptor?.close();
    this.#slots.length = 0;
  }
}
