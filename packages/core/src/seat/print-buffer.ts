/**
 * Lets what a guest prints through at once, as long as its allowance reaches: each piece wakes the host. Beyond that it is
 * gathered, until there is a lot of it or something else is to be said.
 */
import { Allowance, mostAllowed } from "./allowance.js";

export type PrintStream = "stdout" | "stderr";

const mostGatheredBytes = 16 * 1024;

export class PrintBuffer {
  readonly #send: (stream: PrintStream, bytes: Uint8Array) => void;
  readonly #allowance: Allowance;
  #gathered: Record<PrintStream, Uint8Array[]> = { stdout: [], stderr: [] };
  #gatheredBytes = 0;

  constructor(send: (stream: PrintStream, bytes: Uint8Array) => void, now?: () => number) {
    this.#send = send;
    this.#allowance = new Allowance(now);
  }

  print(stream: PrintStream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#gathered[stream].push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#allowance.take() || this.#gatheredBytes >= mostGatheredBytes) this.flush();
  }

  flush(): void {
    if (this.#gatheredBytes === 0) return;
    const gathered = this.#gathered;
    this.#gathered = { stdout: [], stderr: [] };
    this.#gatheredBytes = 0;
    for (const stream of ["stdout", "stderr"] as const) {
      const pieces = gathered[stream];
      if (pieces.length > 0) this.#send(stream, joined(pieces));
    }
  }
}

/**
 * What a seat that prints through a `PrintBuffer` never exceeds, with room to spare. `flushes`: how often it had something
 * else to say.
 */
export function mostPrintFrames(elapsedMs: number, bytes: number, flushes: number): number {
  return mostAllowed(elapsedMs) + bytes / (mostGatheredBytes / 8) + 2 * flushes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const all = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
