import type { Directory } from "./directory.js";
import { type FileMap, parseHostPath } from "./host-paths.js";
import { ReadOnlyFile } from "./read-only-file.js";
import { Volume } from "./volume.js";
import { WritableDirectory } from "./writable-directory.js";

export interface WritableTreeOptions {
  /** How much host memory everything that the guest makes in the tree may take, book-keeping included. */
  readonly quotaBytes: number;
  /** What is there from the start. The guest can move and remove these files, not change them. */
  readonly files?: FileMap;
  /** Empty directories that are there from the start. */
  readonly directories?: readonly string[];
}

/** A tree in memory for one run to work in. */
export function writableTree(options: WritableTreeOptions): Directory {
  const volume = new Volume();
  const root = new WritableDirectory(volume);
  for (const path of options.directories ?? []) makeDirectories(root, parseHostPath(path), path);
  for (const [path, bytes] of Object.entries(options.files ?? {})) {
    const names = parseHostPath(path);
    const parent = makeDirectories(root, names.slice(0, -1), path);
    const name = names.at(-1) ?? "";
    if (parent.get(name) !== undefined) throw new TypeError(`${JSON.stringify(path)} is given twice`);
    parent.place(name, new ReadOnlyFile(volume.nextInode(), bytes));
  }
  volume.limit(options.quotaBytes);
  return root;
}

function makeDirectories(root: WritableDirectory, names: readonly string[], path: string): WritableDirectory {
  let here = root;
  for (const name of names) {
    const found = here.get(name) ?? here.addDirectory(name);
    if (!(found instanceof WritableDirectory)) {
      throw new TypeError(`${JSON.stringify(path)} leads through a file`);
    }
    here = found;
  }
  return here;
}
