import { Directory } from "./directory.js";
import type { TreeNode } from "./node.js";

/** A directory whose entries are settled when it is made. */
export class ReadOnlyDirectory extends Directory {
  constructor(inode: number, entries: ReadonlyMap<string, TreeNode>) {
    super(inode);
    for (const [name, node] of entries) this.attach(name, node);
  }
}
