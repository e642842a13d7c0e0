import { RandomSource } from "./random-source.js";

/**
 * The same bytes for the same seed: sfc32 ("small fast counting", Chris Doty-Humphrey), seeded from 64 bits as in
 * PractRand. Good statistics, no secrecy: whoever knows the seed knows every byte.
 */
export class SeededRandom extends RandomSource {
  #a = 0;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: bigint) {
    super();
    this.#b = Number(BigInt.asIntN(32, seed));
    this.#c = Number(BigInt.asIntN(32, seed >> 32n));
    for (let round = 0; round < 12; round++) this.#next();
  }

  override fill(piece: Uint8Array): void {
    for (let i = 0; i < piece.length; i += 4) {
      const word = this.#next();
      for (let byte = 0; byte < 4 && i + byte < piece.length; byte++) piece[i + byte] = word >>> (8 * byte);
    }
  }

  #next(): number {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out;
  }
}
