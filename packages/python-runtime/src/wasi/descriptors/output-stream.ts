import { Right } from "../abi.js";
import { type GuestBuffers, MAX_PIECE } from "../guest-buffers.js";
import type { Print } from "../print.js";
import type { Readiness } from "./descriptor.js";
import { Stream } from "./stream.js";

/** Standard output or error: every piece that the guest writes is copied out and handed on at once. */
export class OutputStream extends Stream {
  readonly #name: "stdout" | "stderr";
  readonly #print: Print;

  constructor(inode: number, name: "stdout" | "stderr", print: Print) {
    super(
      inode,
      Right.FD_WRITE | Right.FD_FDSTAT_SET_FLAGS | Right.FD_FILESTAT_GET | Right.POLL_FD_READWRITE,
    );
    this.#name = name;
    this.#print = print;
  }

  override write(from: GuestBuffers): number {
    return from.transfer((piece) => {
      // Taken before printing: if the guest's memory grows in there, the piece is none any more.
      const { length } = piece;
      this.#print(this.#name, piece.slice());
      return length;
    });
  }

  override canWrite(): Readiness {
    return { bytes: MAX_PIECE, hangup: false };
  }
}
