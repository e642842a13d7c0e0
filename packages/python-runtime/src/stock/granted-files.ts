import { parseHostPath } from "../wasi/tree/host-paths.js";
import { stockFolders } from "./stock-folders.js";
import { type Numbering, ReadOnlyFile, ReadOnlyFolder } from "./tree.js";

/** The tree that a run may read: exactly the granted files, and the folders on the way to them. */
export function grantedFiles(
  files: Readonly<Record<string, Uint8Array>>,
  numbering: Numbering,
): ReadOnlyFolder {
  const root = new ReadOnlyFolder(numbering);
  for (const [path, bytes] of Object.entries(files)) {
    const names = parseHostPath(path);
    if (stockFolders.has(names[0] ?? "")) {
      throw new TypeError(
        `${JSON.stringify(path)} cannot be granted: /${names[0]} is the stock interpreter's own`,
      );
    }
    const last = names.pop() ?? "";
    const folder = names.reduce((here, name) => folderIn(here, name, path, numbering), root);
    if (folder.names.has(last)) {
      throw new TypeError(`${JSON.stringify(path)} is given as a file and as a folder, or twice`);
    }
    folder.names.set(last, new ReadOnlyFile(numbering, bytes));
  }
  return root;
}

function folderIn(here: ReadOnlyFolder, name: string, path: string, numbering: Numbering): ReadOnlyFolder {
  const found = here.names.get(name) ?? new ReadOnlyFolder(numbering);
  if (!(found instanceof ReadOnlyFolder)) {
    throw new TypeError(`${JSON.stringify(path)} lies in something that is given as a file`);
  }
  here.names.set(name, found);
  return found;
}
