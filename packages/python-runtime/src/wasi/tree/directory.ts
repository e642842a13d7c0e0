import { FileType } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import type { MemoryFile } from "./memory-file.js";
import { TreeNode } from "./node.js";

export interface DirectoryEntry {
  readonly name: string;
  readonly inode: number;
  readonly fileType: FileType;
  /** Where reading goes on after this entry. */
  readonly cookie: number;
}

/** Cookies 1 and 2 stand for having read `.` and `..`. */
const FIRST_COOKIE = 3;

/**
 * A directory that can be looked into. Every way of changing it is refused until a kind of directory adds it.
 *
 * An entry's cookie is handed out when the entry is made and never again, and entries are kept in the order of
 * their cookies: a guest that removes entries while it reads skips none and meets none twice.
 */
export abstract class Directory extends TreeNode {
  readonly fileType = FileType.DIRECTORY;
  readonly size = 0;
  readonly isWritable: boolean = false;
  readonly #entries = new Map<string, { readonly node: TreeNode; readonly cookie: number }>();
  #nextCookie = FIRST_COOKIE;

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(name: string): TreeNode | undefined {
    return this.#entries.get(name)?.node;
  }

  *entriesAfter(cookie: number): Generator<DirectoryEntry> {
    const { inode, fileType } = this;
    if (cookie < 1) yield { name: ".", inode, fileType, cookie: 1 };
    // Which directory is above may be none of the guest's business: 0 is the specification's "unknown".
    if (cookie < 2) yield { name: "..", inode: 0, fileType, cookie: 2 };
    for (const [name, { node, cookie: own }] of this.#entries) {
      if (own > cookie) yield { name, inode: node.inode, fileType: node.fileType, cookie: own };
    }
  }

  requireWritable(): void {
    throw refuse(Errno.ROFS);
  }

  addFile(_name: string): MemoryFile {
    throw refuse(Errno.ROFS);
  }

  addDirectory(_name: string): Directory {
    throw refuse(Errno.ROFS);
  }

  removeFile(_name: string): void {
    throw refuse(Errno.ROFS);
  }

  removeDirectory(_name: string): void {
    throw refuse(Errno.ROFS);
  }

  rename(_name: string, _to: Directory, _newName: string): void {
    throw refuse(Errno.ROFS);
  }

  /** Lets a tree that can change know what time it is. */
  useClock(_now: () => bigint): void {}

  protected attach(name: string, node: TreeNode): void {
    // Setting a name that is there would keep its old place in the order.
    this.#entries.delete(name);
    this.#entries.set(name, { node, cookie: this.#nextCookie++ });
  }

  protected detach(name: string): void {
    this.#entries.delete(name);
  }
}
