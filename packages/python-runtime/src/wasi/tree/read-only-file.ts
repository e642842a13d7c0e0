import { MemoryFile } from "./memory-file.js";

/** Bytes of the host's, which must leave them as they are while a guest may read them. */
export class ReadOnlyFile extends MemoryFile {
  readonly #bytes: Uint8Array;

  constructor(inode: number, bytes: Uint8Array) {
    super(inode);
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  override readAt(position: number, into: Uint8Array): number {
    if (position >= this.#bytes.length) return 0;
    const found = this.#bytes.subarray(position, position + into.length);
    into.set(found);
    return found.length;
  }
}
