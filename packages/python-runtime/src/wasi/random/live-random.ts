import type { WasiPowers } from "../powers.js";
import { RandomSource } from "./random-source.js";

export class LiveRandom extends RandomSource {
  readonly #powers: WasiPowers;

  constructor(powers: WasiPowers) {
    super();
    this.#powers = powers;
  }

  override fill(piece: Uint8Array): void {
    piece.set(this.#powers.randomBytes(piece.length));
  }
}
