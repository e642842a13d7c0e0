/** What the platform lends to the layer, which has no globals of its own. */
export interface WasiPowers {
  /** Fresh bytes from a cryptographic source. Never asked for more than 65,536 at once. */
  randomBytes(length: number): Uint8Array;
  /** Wall-clock time since 1970, in nanoseconds. */
  now(): bigint;
  /** A clock that never goes back, in nanoseconds. `RunGrants.deadline` is a time on this very clock. */
  monotonic(): bigint;
  /** Blocks the guest's thread for about this long without burning CPU. Waking early is fine. */
  sleep(milliseconds: number): void;
}
