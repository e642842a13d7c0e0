import type { WasiPowers } from "../wasi/index.js";

/** Everything that a runtime takes from where it runs. */
export interface Platform {
  /** For the guest's clocks, random numbers and sleep. */
  readonly powers: WasiPowers;
  /**
   * Reads a whole file of an image; `undefined` if it is not there. It may be read into `room`, which the caller has no
   * more use for: touching fresh memory takes as long as reading.
   */
  readFile(location: URL, room?: Bytes): Promise<Bytes | undefined>;
  /** Lets what waits for this thread have its turn first. */
  turn(): Promise<void>;
  /** In hexadecimal. */
  sha256(bytes: Bytes): Promise<string>;
  /** In hexadecimal. */
  hmacSha256(key: Bytes, bytes: Bytes): Promise<string>;
  /** `readFile` and `sha256` without waiting, for what a guest turns out to need. Where it is absent, everything is read beforehand. */
  readonly now?: {
    readFile(location: URL): Bytes | undefined;
    sha256(bytes: Bytes): string;
  };
}

type Bytes = Uint8Array<ArrayBuffer>;
