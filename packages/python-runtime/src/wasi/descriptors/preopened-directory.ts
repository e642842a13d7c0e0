import { ALL_RIGHTS, Right } from "../abi.js";
import type { Directory } from "../tree/directory.js";
import { DIRECTORY_RIGHTS, OpenDirectory } from "./open-directory.js";

/** The root of the guest's tree, which libc finds by name and resolves every absolute path against. */
export class PreopenedDirectory extends OpenDirectory {
  constructor(root: Directory) {
    // libc's `access(path, W_OK)` looks at nothing but whether FD_WRITE is inherited. The other rights to write are
    // there, so that opening a file for writing arrives with them and is answered with EROFS.
    const inheriting = root.isWritable ? ALL_RIGHTS : ALL_RIGHTS & ~Right.FD_WRITE;
    super(root, { base: DIRECTORY_RIGHTS, inheriting }, 0);
  }

  override get preopenedAs(): string {
    return "/";
  }
}
