/**
 * Lets what a guest prints through at once, as long as it comes at a rate that the host can bear: each piece wakes the
 * host. Beyond that it is gathered, until there is a lot of it or something else is to be said.
 */
export type PrintStream = "stdout" | "stderr";

const mostTokens = 100;
const tokensPerMs = 1;
const mostGatheredBytes = 16 * 1024;

export class PrintBuffer {
  readonly #send: (stream: PrintStream, bytes: Uint8Array) => void;
  readonly #now: () => number;
  #gathered: Record<PrintStream, Uint8Array[]> = { stdout: [], stderr: [] };
  #gatheredBytes = 0;
  #tokens = mostTokens;
  #countedAt: number;

  constructor(send: (stream: PrintStream, bytes: Uint8Array) => void, now = () => performance.now()) {
    this.#send = send;
    this.#now = now;
    this.#countedAt = now();
  }

  print(stream: PrintStream, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#gathered[stream].push(bytes);
    this.#gatheredBytes += bytes.length;
    const now = this.#now();
    this.#tokens = Math.min(mostTokens, this.#tokens + (now - this.#countedAt) * tokensPerMs);
    this.#countedAt = now;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      this.flush();
    } else if (this.#gatheredBytes >= mostGatheredBytes) {
      this.flush();
    }
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
 * What a seat that prints through a `PrintBuffer` never exceeds, with room to spare.
 */
export function mostPrintFrames(elapsedMs: number, bytes: number): number {
  return 1000 + 4 * tokensPerMs * elapsedMs + bytes / (mostGatheredBytes / 8);
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
