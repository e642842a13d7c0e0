import { FileType } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { TreeNode } from "./node.js";

/** A file in memory. Reading is its one power; every way of changing it is refused until a kind of file adds it. */
export abstract class MemoryFile extends TreeNode {
  readonly fileType = FileType.REGULAR_FILE;

  /** Copies what there is from `position` on, and returns how much that was. */
  abstract readAt(position: number, into: Uint8Array): number;

  requireWritable(): void {
    throw refuse(Errno.ROFS);
  }

  /** Writes all of it, or refuses. */
  writeAt(_position: number, _from: Uint8Array): void {
    throw refuse(Errno.ROFS);
  }

  resize(_size: number): void {
    throw refuse(Errno.ROFS);
  }

  /** Makes sure that this many bytes can be written without running out of space. */
  reserve(_size: number): void {
    throw refuse(Errno.ROFS);
  }
}
