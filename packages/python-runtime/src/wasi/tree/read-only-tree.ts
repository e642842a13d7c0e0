import type { Directory } from "./directory.js";
import { type FileMap, parseHostPath } from "./host-paths.js";
import type { TreeNode } from "./node.js";
import { ReadOnlyDirectory } from "./read-only-directory.js";
import { ReadOnlyFile } from "./read-only-file.js";

interface Draft {
  readonly names: Map<string, Draft | Uint8Array>;
}

/**
 * A tree that no guest can change, so one may serve any number of runs and instances. The bytes are not copied:
 * they must stay as they are while a guest may read them.
 */
export function readOnlyTree(files: FileMap): Directory {
  const root: Draft = { names: new Map() };
  for (const [path, bytes] of Object.entries(files)) draftFile(root, path, bytes);
  let inode = 0;
  const build = (draft: Draft): Directory => {
    inode += 1;
    const own = inode;
    const entries = new Map<string, TreeNode>();
    for (const [name, item] of draft.names) {
      if (item instanceof Uint8Array) {
        inode += 1;
        entries.set(name, new ReadOnlyFile(inode, item));
      } else {
        entries.set(name, build(item));
      }
    }
    return new ReadOnlyDirectory(own, entries);
  };
  return build(root);
}

function draftFile(root: Draft, path: string, bytes: Uint8Array): void {
  const names = parseHostPath(path);
  let here = root;
  for (const [i, name] of names.entries()) {
    const found = here.names.get(name);
    const isLast = i === names.length - 1;
    if (found instanceof Uint8Array || (isLast && found !== undefined)) {
      throw new TypeError(`${JSON.stringify(path)} is given as a file and as a directory, or twice`);
    }
    if (isLast) {
      here.names.set(name, bytes);
    } else {
      const next = found ?? { names: new Map() };
      here.names.set(name, next);
      here = next;
    }
  }
}
