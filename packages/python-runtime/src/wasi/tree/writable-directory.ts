import type { FileStat } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { Directory } from "./directory.js";
import { Lifetime } from "./lifetime.js";
import type { MemoryFile } from "./memory-file.js";
import type { TimeChange, TreeNode } from "./node.js";
import type { Volume } from "./volume.js";
import { WritableFile } from "./writable-file.js";

/** A directory whose entries the guest may add, remove and move, as far as the volume's quota goes. */
export class WritableDirectory extends Directory {
  override readonly device = 2;
  override readonly isWritable = true;
  readonly #volume: Volume;
  readonly #lifetime: Lifetime;
  #parent: WritableDirectory | undefined;

  constructor(volume: Volume, parent?: WritableDirectory) {
    super(volume.nextInode());
    this.#volume = volume;
    this.#lifetime = new Lifetime(volume, () => {});
    this.#parent = parent;
  }

  override stat(): FileStat {
    return this.#lifetime.date(super.stat());
  }

  override setTimes(change: TimeChange): void {
    this.#lifetime.setTimes(change);
  }

  override useClock(now: () => bigint): void {
    this.#volume.now = now;
  }

  override hold(): void {
    this.#lifetime.hold();
  }

  override letGo(): void {
    this.#lifetime.letGo();
  }

  override unlinked(): void {
    this.#lifetime.unlinked();
  }

  override requireWritable(): void {}

  override addFile(name: string): MemoryFile {
    return this.#add(name, () => new WritableFile(this.#volume));
  }

  override addDirectory(name: string): WritableDirectory {
    return this.#add(name, () => new WritableDirectory(this.#volume, this));
  }

  override removeFile(name: string): void {
    const node = this.#require(name);
    if (node instanceof Directory) throw refuse(Errno.ISDIR);
    this.#remove(name, node);
  }

  override removeDirectory(name: string): void {
    const node = this.#require(name);
    if (!(node instanceof Directory)) throw refuse(Errno.NOTDIR);
    if (!node.isEmpty) throw refuse(Errno.NOTEMPTY);
    this.#remove(name, node);
  }

  override rename(name: string, to: Directory, newName: string): void {
    const node = this.#require(name);
    if (!(to instanceof WritableDirectory)) throw refuse(Errno.ROFS);
    if (to.#volume !== this.#volume) throw refuse(Errno.XDEV);
    const target = to.get(newName);
    if (target === node) return;
    if (node instanceof Directory) {
      if (to.#isWithin(node)) throw refuse(Errno.INVAL);
      if (target !== undefined && !(target instanceof Directory)) throw refuse(Errno.NOTDIR);
      if (target !== undefined && !target.isEmpty) throw refuse(Errno.NOTEMPTY);
    } else if (target instanceof Directory) {
      throw refuse(Errno.ISDIR);
    }
    to.#requireLinked();
    if (target !== undefined) to.#remove(newName, target);
    this.detach(name);
    to.attach(newName, node);
    if (node instanceof WritableDirectory) node.#parent = to;
    this.#lifetime.touch();
    to.#lifetime.touch();
  }

  /** For the tree's maker: puts in a node that is not the guest's to pay for. */
  place(name: string, node: TreeNode): void {
    this.attach(name, node);
  }

  #add<Node extends TreeNode>(name: string, make: () => Node): Node {
    this.#requireLinked();
    const node = make();
    this.attach(name, node);
    this.#lifetime.touch();
    return node;
  }

  #remove(name: string, node: TreeNode): void {
    this.detach(name);
    node.unlinked();
    this.#lifetime.touch();
  }

  #require(name: string): TreeNode {
    const node = this.get(name);
    if (node === undefined) throw refuse(Errno.NOENT);
    return node;
  }

  /** A directory that was removed while it is open stays empty: what is put in could never be found or freed. */
  #requireLinked(): void {
    if (!this.#lifetime.isLinked) throw refuse(Errno.NOENT);
  }

  #isWithin(directory: Directory): boolean {
    for (let at: WritableDirectory | undefined = this; at !== undefined; at = at.#parent) {
      if (at === directory) return true;
    }
    return false;
  }
}
