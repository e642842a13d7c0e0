import type { FileStat, FileType } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";

/** 1 January 1980: what a thing made by us is dated, and the oldest date that a zip file can carry. */
export const UNDATED_NS = 315_532_800_000_000_000n;

/** New dates for a node; what is left out stays. */
export interface TimeChange {
  readonly accessed?: bigint | "now";
  readonly modified?: bigint | "now";
}

/** Something with a place in a tree. What can be looked at is here; what can be changed, writable nodes add. */
export abstract class TreeNode {
  abstract readonly fileType: FileType;
  abstract readonly size: number;
  readonly device: number = 1;

  constructor(readonly inode: number) {}

  stat(): FileStat {
    const { device, inode, fileType, size } = this;
    return {
      device,
      inode,
      fileType,
      links: 1,
      size,
      accessed: UNDATED_NS,
      modified: UNDATED_NS,
      changed: UNDATED_NS,
    };
  }

  setTimes(_change: TimeChange): void {
    throw refuse(Errno.ROFS);
  }

  /** A descriptor holds the node: it lives on, and goes on costing, when its name is removed. */
  hold(): void {}
  letGo(): void {}

  /** Its name was removed from a directory. */
  unlinked(): void {}
}
