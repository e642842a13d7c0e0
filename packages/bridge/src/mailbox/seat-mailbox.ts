import { copyIn, copyOut, downBytes, type Expected, type Layout, layoutOf, upBytes, word } from "./layout.js";

export interface SeatMailboxOptions {
  /** Called after each writing, for hosts that cannot wait: see `HostMailbox.look`. */
  readonly poke?: () => void;
  /** For so long it looks for what is `due` itself before it lets its thread be put to sleep. @default 0 */
  readonly lookingMs?: number;
}

/** The host has closed the mailbox: the seat's life is over. */
export class MailboxClosed extends Error {
  constructor() {
    super("the host has closed the mailbox");
    this.name = "MailboxClosed";
  }
}

/** The seat's end. It blocks its thread, which therefore must not be one that others need. */
export class SeatMailbox {
  readonly #layout: Layout;
  readonly #poke: (() => void) | undefined;
  readonly #lookingMs: number;
  #read: number;
  #written: number;

  constructor(memory: SharedArrayBuffer, { poke, lookingMs = 0 }: SeatMailboxOptions = {}) {
    this.#layout = layoutOf(memory);
    this.#read = Atomics.load(this.#layout.words, word.downRead) >>> 0;
    this.#written = Atomics.load(this.#layout.words, word.upWritten) >>> 0;
    this.#poke = poke;
    this.#lookingMs = lookingMs;
  }

  /** What the host has written, one byte at least: waits for it. Throws `MailboxClosed` when there will be nothing. */
  read(expected: Expected = "sometime"): Uint8Array<ArrayBuffer> {
    const { words, down } = this.#layout;
    for (;;) {
      const bell = Atomics.load(words, word.seatBell);
      const length = (Atomics.load(words, word.downWritten) - this.#read) >>> 0;
      if (length > 0) {
        const bytes = copyOut(down, this.#read, Math.min(length, downBytes));
        this.#read = (this.#read + bytes.length) >>> 0;
        Atomics.store(words, word.downRead, this.#read);
        if (Atomics.load(words, word.hostWantsRoom) === 1) this.#ring();
        return bytes;
      }
      this.#waitFor(bell, expected);
    }
  }

  /** Waits while the host has not taken what was written before. */
  write(parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      let rest = part;
      while (rest.length > 0) {
        const piece = rest.subarray(0, this.#awaitRoom());
        copyIn(this.#layout.up, this.#written, piece);
        this.#written = (this.#written + piece.length) >>> 0;
        rest = rest.subarray(piece.length);
      }
    }
    this.#publish();
  }

  #awaitRoom(): number {
    const { words } = this.#layout;
    for (let isTold = false; ; isTold = true) {
      const bell = Atomics.load(words, word.seatBell);
      const room = upBytes - ((this.#written - Atomics.load(words, word.upRead)) >>> 0);
      if (room > 0) {
        if (isTold) Atomics.store(words, word.seatWantsRoom, 0);
        return room;
      }
      // Once more around after the host can know: it may have made room in between.
      if (isTold) this.#waitFor(bell, "due");
      Atomics.store(words, word.seatWantsRoom, 1);
      this.#publish();
    }
  }

  #publish(): void {
    Atomics.store(this.#layout.words, word.upWritten, this.#written);
    this.#ring();
  }

  #ring(): void {
    const { words } = this.#layout;
    Atomics.add(words, word.hostBell, 1);
    Atomics.notify(words, word.hostBell);
    this.#poke?.();
  }

  #waitFor(bell: number, expected: Expected): void {
    const { words } = this.#layout;
    if (Atomics.load(words, word.closed) === 1) throw new MailboxClosed();
    if (expected === "due" && this.#isRungWithin(this.#lookingMs, bell)) return;
    Atomics.wait(words, word.seatBell, bell);
  }

  #isRungWithin(ms: number, bell: number): boolean {
    const { words } = this.#layout;
    const until = performance.now() + ms;
    while (performance.now() < until) {
      if (Atomics.load(words, word.seatBell) !== bell) return true;
    }
    return false;
  }
}
