import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { UNDATED_NS } from "./node.js";

/** What all nodes of one writable tree share: how much host memory they may take, their numbers, their time. */
export class Volume {
  now: () => bigint = () => UNDATED_NS;
  #freeBytes = Number.POSITIVE_INFINITY;
  #lastInode = 0;

  /** From here on, what is added is charged. What the host put in before is not the guest's to pay for. */
  limit(quotaBytes: number): void {
    if (!(quotaBytes >= 0 && Number.isFinite(quotaBytes)))
      throw new TypeError("quotaBytes must be a number of bytes");
    this.#freeBytes = quotaBytes;
  }

  get freeBytes(): number {
    return this.#freeBytes;
  }

  charge(bytes: number): void {
    if (bytes > this.#freeBytes) throw refuse(Errno.NOSPC);
    this.#freeBytes -= bytes;
  }

  refund(bytes: number): void {
    this.#freeBytes += bytes;
  }

  nextInode(): number {
    this.#lastInode += 1;
    return this.#lastInode;
  }
}
