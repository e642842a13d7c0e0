import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";

/** Where `random_get` takes its bytes from. This one has none. */
export class RandomSource {
  /** Fills at most `MAX_PIECE` bytes. */
  fill(_piece: Uint8Array): void {
    throw refuse(Errno.NOTCAPABLE);
  }
}
