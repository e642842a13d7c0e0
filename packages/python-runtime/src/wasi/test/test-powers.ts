import type { WasiPowers } from "../powers.js";

/** A platform whose time moves only by sleeping, and whose random bytes count up. */
export class TestPowers implements WasiPowers {
  readonly sleeps: number[] = [];
  readonly asked: number[] = [];
  monotonicNs = 5_000_000_000n;
  nowNs = 1_750_000_000_000_000_000n;
  /** How much of a sleep really passes. */
  sleepFactor = 1;
  #nextByte = 0;

  randomBytes(length: number): Uint8Array {
    this.asked.push(length);
    return Uint8Array.from({ length }, () => this.#nextByte++);
  }

  now(): bigint {
    return this.nowNs;
  }

  monotonic(): bigint {
    return this.monotonicNs;
  }

  sleep(milliseconds: number): void {
    this.sleeps.push(milliseconds);
    const passed = BigInt(Math.ceil(milliseconds * 1e6 * this.sleepFactor));
    this.monotonicNs += passed;
    this.nowNs += passed;
  }
}
