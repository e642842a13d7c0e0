import { Problem } from "../problem.js";

/** What a piece takes besides its bytes: a megabyte that comes a byte at a time takes half a gigabyte. */
const pieceBytes = 512;
/** More than most requests have. */
const smallBytes = 100_000;
/** Large ones leave the rest to small ones. */
const shareOfLarge = 0.75;

/**
 * What all requests together hold of their bodies, each of them from the first byte until it is answered.
 *
 * Large requests are refused while there is still room: nobody is to keep small ones out with a few large ones, slowly sent.
 */
export class HeldBytes {
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** What one request holds. Disposing of it gives that back. */
  open(): Holding {
    let received = 0;
    let mine = 0;
    return {
      take: (piece, maxBytes) => {
        received += piece.byteLength;
        if (received > maxBytes) throw bodyTooLarge(maxBytes);
        const more = piece.byteLength + pieceBytes;
        const isSmall = mine + more <= smallBytes;
        if (this.#bytes + more > this.maxBytes * (isSmall ? 1 : shareOfLarge)) throw tooMuchHeld();
        mine += more;
        this.#bytes += more;
      },
      [Symbol.dispose]: () => {
        this.#bytes -= mine;
        mine = 0;
      },
    };
  }
}

export interface Holding extends Disposable {
  /**
   * To be asked before a piece is kept. Throws where the request would have more than `maxBytes`, or hold more than it
   * may: then nothing of it is to be kept.
   */
  take(piece: Uint8Array, maxBytes: number): void;
}

function bodyTooLarge(maxBytes: number): Problem {
  return new Problem("too_large", `The request has more than ${maxBytes} bytes.`);
}

function tooMuchHeld(): Problem {
  return new Problem("unavailable", "The server has too much to hold at the moment: try again soon.", {
    retryAfterSeconds: 1,
  });
}
