import { StopRun } from "../../port.js";
import type { WasiPowers } from "../powers.js";

/** When a run's waiting ends, on the platform's monotonic clock. */
export class Deadline {
  readonly #powers: WasiPowers;
  readonly #at: bigint | undefined;

  constructor(powers: WasiPowers, atMs: number | undefined) {
    this.#powers = powers;
    if (atMs === undefined || atMs === Number.POSITIVE_INFINITY) return;
    if (!Number.isFinite(atMs)) throw new TypeError("deadline must be a number of milliseconds");
    this.#at = BigInt(Math.ceil(atMs * 1e6));
  }

  /** The shorter of what is wanted and what is left; stops the run when nothing is left. */
  limit(wantedNs: bigint): bigint {
    if (this.#at === undefined) return wantedNs;
    const left = this.#at - this.#powers.monotonic();
    if (left <= 0n) throw new StopRun("timeout");
    return left < wantedNs ? left : wantedNs;
  }
}
