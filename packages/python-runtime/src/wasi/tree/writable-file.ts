import type { FileStat } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { Lifetime } from "./lifetime.js";
import { MemoryFile } from "./memory-file.js";
import type { TimeChange } from "./node.js";
import type { Volume } from "./volume.js";

const PAGE = 4096;
/** Charged for a page: its bytes, and more than the engine's book-keeping for them. */
const PAGE_COST = PAGE + 512;
const MAX_FILE_BYTES = 2 ** 40;

/**
 * A file that can grow, kept as pages: growing copies nothing, a page that was never written costs nothing, and
 * each page is charged to the volume before it is made.
 */
export class WritableFile extends MemoryFile {
  override readonly device = 2;
  readonly #volume: Volume;
  readonly #lifetime: Lifetime;
  readonly #pages = new Map<number, Uint8Array>();
  #size = 0;

  constructor(volume: Volume) {
    super(volume.nextInode());
    this.#volume = volume;
    this.#lifetime = new Lifetime(volume, () => this.#dropPagesFrom(0));
  }

  get size(): number {
    return this.#size;
  }

  override stat(): FileStat {
    return this.#lifetime.date(super.stat());
  }

  override setTimes(change: TimeChange): void {
    this.#lifetime.setTimes(change);
  }

  override hold(): void {
    this.#lifetime.hold();
  }

  override letGo(): void {
    this.#lifetime.letGo();
  }

  override unlinked(): void {
    this.#lifetime.unlinked();
  }

  override requireWritable(): void {}

  override readAt(position: number, into: Uint8Array): number {
    const length = Math.max(0, Math.min(into.length, this.#size - position));
    for (const { page, at, offset, count } of pieces(position, length)) {
      const found = this.#pages.get(page);
      const target = into.subarray(offset, offset + count);
      if (found === undefined) target.fill(0);
      else target.set(found.subarray(at, at + count));
    }
    return length;
  }

  override writeAt(position: number, from: Uint8Array): void {
    const end = position + from.length;
    this.#makePages(position, end);
    for (const { page, at, offset, count } of pieces(position, from.length)) {
      this.#pages.get(page)?.set(from.subarray(offset, offset + count), at);
    }
    this.#size = Math.max(this.#size, end);
    this.#lifetime.touch();
  }

  override resize(size: number): void {
    if (size > MAX_FILE_BYTES) throw refuse(Errno.FBIG);
    if (size < this.#size) {
      this.#dropPagesFrom(Math.ceil(size / PAGE));
      // What is cut off must not come back when the file grows again.
      this.#pages.get(Math.floor(size / PAGE))?.fill(0, size % PAGE);
    }
    this.#size = size;
    this.#lifetime.touch();
  }

  override reserve(size: number): void {
    this.#makePages(0, size);
    this.#size = Math.max(this.#size, size);
    this.#lifetime.touch();
  }

  #makePages(start: number, end: number): void {
    if (end > MAX_FILE_BYTES) throw refuse(Errno.FBIG);
    const first = Math.floor(start / PAGE);
    const after = Math.ceil(end / PAGE);
    // What can never fit is refused before its pages are counted, or the guest would choose how long that takes.
    if ((after - first - this.#pages.size) * PAGE_COST > this.#volume.freeBytes) throw refuse(Errno.NOSPC);
    const missing: number[] = [];
    for (let page = first; page < after; page++) if (!this.#pages.has(page)) missing.push(page);
    this.#volume.charge(missing.length * PAGE_COST);
    for (const page of missing) this.#pages.set(page, new Uint8Array(PAGE));
  }

  #dropPagesFrom(first: number): void {
    for (const page of this.#pages.keys()) {
      if (page < first) continue;
      this.#pages.delete(page);
      this.#volume.refund(PAGE_COST);
    }
  }
}

function* pieces(position: number, length: number) {
  for (let offset = 0; offset < length; ) {
    const page = Math.floor((position + offset) / PAGE);
    const at = (position + offset) % PAGE;
    const count = Math.min(PAGE - at, length - offset);
    yield { page, at, offset, count };
    offset += count;
  }
}
