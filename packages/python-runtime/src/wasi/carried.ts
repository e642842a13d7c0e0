/**
 * What the next run of the same guest must know of the ones before, though none of it lies in the guest's memory. Where
 * a run begins from an image, it is `nothingCarried`.
 */
export interface Carried {
  /** Where the monotonic clock stands: for the guest, time between its runs does not pass. */
  readonly uptimeNs: bigint;
  readonly cpuNs: bigint;
  /**
   * Descriptors that the guest left open. They are closed to it, but their numbers are not given to other files
   * as long as the guest has not closed them too: what still uses one must fail, not use another's file.
   */
  readonly lost: readonly number[];
}

/**
 * libc takes a reading of the monotonic clock when an image is booted, and later counts CPU time from there: an image must
 * not be booted with more than this, so that in each of its runs time has gone on. Neither the platform's uptime nor
 * that of other guests can be read off it.
 */
export const nothingCarried: Carried = { uptimeNs: 1_000_000_000n, cpuNs: 0n, lost: [] };
