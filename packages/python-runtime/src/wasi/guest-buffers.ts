import { Errno } from "./errno.js";
import type { GuestMemory } from "./guest-memory.js";
import { Refusal, refuse } from "./refusal.js";

/** As many as POSIX systems take in one call (IOV_MAX). */
const MAX_BUFFERS = 1024;
/** As many bytes as Linux moves in one call; more is answered with a short count. */
const MAX_TOTAL = 0x7fff_f000;
const IOVEC_SIZE = 8;

/** No piece of guest memory that is handed on, and so no copy of one, is larger than this. */
export const MAX_PIECE = 65_536;

/**
 * The scatter/gather list of a read or write. The list itself is copied out first, as reading into the
 * guest's memory may overwrite it, and every buffer is inside the memory before the first byte moves.
 */
export class GuestBuffers {
  readonly #memory: GuestMemory;
  readonly #spans: { readonly start: number; readonly length: number }[] = [];

  constructor(memory: GuestMemory, list: number, count: number) {
    this.#memory = memory;
    const buffers = count >>> 0;
    if (buffers > MAX_BUFFERS) throw refuse(Errno.INVAL);
    const first = memory.check(list, buffers * IOVEC_SIZE);
    let room = MAX_TOTAL;
    for (let i = 0; i < buffers; i++) {
      const length = memory.u32(first + i * IOVEC_SIZE + 4);
      const start = memory.check(memory.u32(first + i * IOVEC_SIZE), length);
      if (room > 0) this.#spans.push({ start, length: Math.min(length, room) });
      room -= length;
    }
  }

  /**
   * Offers the buffers' bytes in order, in pieces, until `move` takes less than it was offered, and returns how
   * many were moved. A refusal after some were moved is a short count, as in POSIX; the next call meets it again.
   */
  transfer(move: (piece: Uint8Array) => number): number {
    let moved = 0;
    try {
      for (const { start, length } of this.#spans) {
        for (let offset = 0; offset < length; offset += MAX_PIECE) {
          const size = Math.min(MAX_PIECE, length - offset);
          const taken = move(this.#memory.bytes(start + offset, size));
          moved += taken;
          if (taken < size) return moved;
        }
      }
    } catch (error) {
      if (!(error instanceof Refusal) || moved === 0) throw error;
    }
    return moved;
  }
}
