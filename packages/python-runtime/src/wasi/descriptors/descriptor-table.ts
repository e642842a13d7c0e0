import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import type { Descriptor } from "./descriptor.js";

/** So many files can be open at once, and no descriptor's number is higher. */
export const MAX_DESCRIPTORS = 128;

/** The guest's file descriptors by number. Each use names the rights that it needs. */
export class DescriptorTable {
  readonly #slots: (Descriptor | undefined)[];

  constructor(first: readonly Descriptor[] = []) {
    this.#slots = [...first];
  }

  get(fd: number, rights = 0): Descriptor {
    const descriptor = this.#slots[fd];
    if (descriptor === undefined) throw refuse(Errno.BADF);
    if ((rights & ~descriptor.rights.base) !== 0) throw refuse(Errno.NOTCAPABLE);
    return descriptor;
  }

  /** The lowest free number, as POSIX programs expect; asked for before anything is opened. */
  vacancy(): number {
    for (let fd = 0; fd < MAX_DESCRIPTORS; fd++) if (this.#slots[fd] === undefined) return fd;
    throw refuse(Errno.MFILE);
  }

  set(fd: number, descriptor: Descriptor): void {
    this.#slots[fd] = descriptor;
  }

  close(fd: number): void {
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
