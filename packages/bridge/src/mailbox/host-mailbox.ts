/**
 * The host's end. It never blocks: it is told when the seat has written, and keeps what does not fit until there is room.
 *
 * Whoever runs in the seat may have taken it over, so nothing in the shared memory is believed: a position that cannot
 * be is a fault, bytes are copied before anybody looks at them, and no number read from it sizes more than the ring.
 */
import { copyIn, copyOut, downBytes, type Expected, type Layout, layoutOf, upBytes, word } from "./layout.js";

export interface HostMailboxOptions {
  /** What the seat has written, in order, in pieces of any size, which are the receiver's to keep. It must not throw. */
  readonly onBytes: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The shared memory says what a seat never says. Nothing is heard after it. */
  readonly onFault: () => void;
  /**
   * Calls back as soon as others on this thread had their turn, as `setImmediate` does. With it the host looks for a moment
   * for answers that are due. @default it waits to be woken
   */
  readonly soon?: (look: () => void) => void;
  /** @default the engine's `Atomics.waitAsync`, where it has one */
  readonly waitAsync?: WaitAsync | undefined;
}

/** https://tc39.es/ecma262/#sec-atomics.waitasync; not in the types of ES2023. */
type WaitAsync = (
  words: Int32Array,
  index: number,
  value: number,
) => { readonly async: true; readonly value: Promise<unknown> } | { readonly async: false };

const ownWaitAsync = (Atomics as { readonly waitAsync?: WaitAsync }).waitAsync;

/** After so many helpings without a pause, others on this thread have their turn. */
const helpingsInARow = 8;

/** So long the host looks for an answer that is due before it waits to be woken. */
const lookingMs = 0.1;

export class HostMailbox {
  readonly #layout: Layout;
  readonly #options: HostMailboxOptions;
  readonly #waitAsync: WaitAsync | undefined;
  /** What had no room, in order. */
  readonly #unwritten: Uint8Array[] = [];
  #read: number;
  #written: number;
  #looksUntil = 0;
  #isLooking = false;
  #isWaiting = false;
  #isClosed = false;

  constructor(memory: SharedArrayBuffer, options: HostMailboxOptions) {
    this.#layout = layoutOf(memory);
    this.#read = Atomics.load(this.#layout.words, word.upRead) >>> 0;
    this.#written = Atomics.load(this.#layout.words, word.downWritten) >>> 0;
    this.#options = options;
    this.#waitAsync = "waitAsync" in options ? options.waitAsync : ownWaitAsync;
    this.#listen();
  }

  /** Whether somebody has to call `look` when the seat's `poke` was called: this engine cannot wait without blocking. */
  get needsPokes(): boolean {
    return this.#waitAsync === undefined;
  }

  /** What waits for room. */
  get unwrittenBytes(): number {
    return this.#unwritten.reduce((total, part) => total + part.length, 0);
  }

  /** Whoever hands over bytes may change them afterwards. */
  write(parts: readonly Uint8Array[], answer: Expected = "sometime"): void {
    for (const part of parts) {
      const written = this.#unwritten.length > 0 ? 0 : this.#writeSome(part);
      if (this.#isClosed) return;
      if (written < part.length) this.#unwritten.push(part.slice(written));
    }
    this.#publish();
    if (this.#unwritten.length > 0) this.#wantRoom();
    if (answer === "due") this.#looksUntil = performance.now() + lookingMs;
    this.#keepLooking();
  }

  /** Takes what is there. Of use only where the mailbox `needsPokes`. */
  look(): void {
    if (this.needsPokes) this.#listen();
  }

  /** The seat has ended: takes what it has said until then, and closes. */
  finish(): void {
    this.#take();
    this.close();
  }

  /** Wakes the seat if it waits, and is silent from then on. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unwritten.length = 0;
    const { words } = this.#layout;
    Atomics.store(words, word.closed, 1);
    this.#ringSeat();
    // Our own waiting ends, too: a promise that nobody settles would keep this mailbox.
    Atomics.add(words, word.hostBell, 1);
    Atomics.notify(words, word.hostBell);
  }

  #listen(): void {
    const { words } = this.#layout;
    for (let helping = 0; helping < helpingsInARow; helping++) {
      const bell = Atomics.load(words, word.hostBell);
      this.#take();
      this.#writeRest();
      if (this.#isClosed || this.#isWaiting || this.#keepLooking()) return;
      const waiting = this.#waitAsync?.(words, word.hostBell, bell);
      if (waiting?.async) {
        this.#isWaiting = true;
        void waiting.value.then(() => {
          this.#isWaiting = false;
          this.#listen();
        });
        return;
      }
      if (!waiting && Atomics.load(words, word.hostBell) === bell) return;
    }
    setTimeout(() => this.#listen(), 0);
  }

  /** Whether somebody will look again without being woken. */
  #keepLooking(): boolean {
    const { soon } = this.#options;
    if (this.#isLooking || soon === undefined) return this.#isLooking;
    this.#isLooking = performance.now() < this.#looksUntil;
    if (this.#isLooking) {
      soon(() => {
        this.#isLooking = false;
        this.#listen();
      });
    }
    return this.#isLooking;
  }

  #take(): void {
    if (this.#isClosed) return;
    const { words, up } = this.#layout;
    const length = (Atomics.load(words, word.upWritten) - this.#read) >>> 0;
    if (length === 0) return;
    if (length > upBytes) {
      this.#fault();
      return;
    }
    const bytes = copyOut(up, this.#read, length);
    this.#read = (this.#read + length) >>> 0;
    Atomics.store(words, word.upRead, this.#read);
    if (Atomics.load(words, word.seatWantsRoom) === 1) this.#ringSeat();
    this.#options.onBytes(bytes);
  }

  #writeRest(): void {
    if (this.#unwritten.length === 0 || this.#isClosed) return;
    for (;;) {
      const part = this.#unwritten[0];
      if (part === undefined) break;
      const written = this.#writeSome(part);
      // At a fault, what waited was let go of.
      if (this.#isClosed) return;
      if (written < part.length) {
        this.#unwritten[0] = part.subarray(written);
        break;
      }
      this.#unwritten.shift();
    }
    this.#publish();
    Atomics.store(this.#layout.words, word.hostWantsRoom, this.#unwritten.length > 0 ? 1 : 0);
  }

  /** The seat may have made room before it could know that it is wanted. */
  #wantRoom(): void {
    Atomics.store(this.#layout.words, word.hostWantsRoom, 1);
    this.#writeRest();
  }

  #writeSome(part: Uint8Array): number {
    if (this.#isClosed) return 0;
    const { words, down } = this.#layout;
    const used = (this.#written - Atomics.load(words, word.downRead)) >>> 0;
    if (used > downBytes) {
      this.#fault();
      return 0;
    }
    const piece = part.subarray(0, downBytes - used);
    copyIn(down, this.#written, piece);
    this.#written = (this.#written + piece.length) >>> 0;
    return piece.length;
  }

  #publish(): void {
    Atomics.store(this.#layout.words, word.downWritten, this.#written);
    this.#ringSeat();
  }

  #ringSeat(): void {
    const { words } = this.#layout;
    Atomics.add(words, word.seatBell, 1);
    Atomics.notify(words, word.seatBell);
  }

  #fault(): void {
    if (this.#isClosed) return;
    this.close();
    this.#options.onFault();
  }
}
