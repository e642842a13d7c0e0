import type { WasiPowers } from "../wasi/index.js";

/** Everything that a runtime takes from where it runs. */
export interface Platform {
  /** For the guest's clocks, random numbers and sleep. */
  readonly powers: WasiPowers;
  /** Reads a whole file of an image; `undefined` if it is not there. */
  readFile(location: URL): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** In hexadecimal. */
  sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}
