import type { IncomingMessage } from "node:http";
import { Problem } from "../problem.js";
import type { Holding } from "./held-bytes.js";

/** Whole, as it comes: nothing is unpacked. */
export function readBody(request: IncomingMessage, maxBytes: number, holding: Holding): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const release = () => request.off("data", take).off("end", end).off("close", abort).off("error", abort);
    const fail = (error: unknown) => {
      release();
      reject(error);
    };
    const take = (piece: Buffer) => {
      try {
        holding.take(piece, maxBytes);
        pieces.push(piece);
      } catch (error) {
        fail(error);
      }
    };
    const end = () => {
      release();
      resolve(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces));
    };
    const abort = () => fail(cutOff());
    // Nothing more would be heard of it.
    if (request.destroyed) abort();
    else request.on("data", take).on("end", end).on("close", abort).on("error", abort);
  });
}

export function cutOff(): Problem {
  return new Problem("invalid", "The request ends in the middle.");
}
