/**
 * What both ends of a mailbox share: two rings of bytes, and numbers about them.
 *
 * `up` is what the seat says, `down` what the host says. Each end keeps its own positions to itself and only publishes
 * them, so that the other end can read what it likes but never move them.
 */
export const upBytes = 128 * 1024;
export const downBytes = 64 * 1024;

/** Positions count bytes since the beginning, modulo 2³². A bell is a number that changes when the other end shall look. */
export const word = {
  upWritten: 0,
  upRead: 1,
  downWritten: 2,
  downRead: 3,
  seatBell: 4,
  hostBell: 5,
  /** This end has more to say than there is room for, and is to be told when there is more: bells cost a system call. */
  seatWantsRoom: 6,
  hostWantsRoom: 7,
  closed: 8,
} as const;

/** When the other end will say something. What is `due` comes sooner than it takes to be woken for it. */
export type Expected = "due" | "sometime";

const headerBytes = 64;
const words = 9;

export interface Layout {
  readonly words: Int32Array;
  readonly up: Uint8Array;
  readonly down: Uint8Array;
}

export function createMailboxMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + upBytes + downBytes);
}

export function layoutOf(memory: SharedArrayBuffer): Layout {
  return {
    words: new Int32Array(memory, 0, words),
    up: new Uint8Array(memory, headerBytes, upBytes),
    down: new Uint8Array(memory, headerBytes + upBytes, downBytes),
  };
}

/** Puts what fits of `bytes` at `position` of a ring, around its end where need be. */
export function copyIn(ring: Uint8Array, position: number, bytes: Uint8Array): void {
  const at = position % ring.length;
  const untilEnd = ring.length - at;
  if (bytes.length <= untilEnd) {
    ring.set(bytes, at);
  } else {
    ring.set(bytes.subarray(0, untilEnd), at);
    ring.set(bytes.subarray(untilEnd), 0);
  }
}

/** A copy: nobody can change it any more. */
export function copyOut(ring: Uint8Array, position: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const at = position % ring.length;
  const untilEnd = Math.min(length, ring.length - at);
  bytes.set(ring.subarray(at, at + untilEnd));
  if (length > untilEnd) bytes.set(ring.subarray(0, length - untilEnd), untilEnd);
  return bytes;
}
