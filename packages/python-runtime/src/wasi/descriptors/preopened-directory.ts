import { ALL_RIGHTS, Right } from "../abi.js";
import type { Directory } from "../tree/directory.js";
import { OpenDirectory } from "./open-directory.js";

/** The root of the guest's tree, which libc finds by name and resolves every absolute path against. */
export class PreopenedDirectory extends OpenDirectory {
  constructor(root: Directory) {
    // libc's `access(path, W_OK)` looks at nothing but whether FD_WRITE is inherited. The other rights to write are
    // there, so that opening a file for writing arrives with them and is answered with EROFS.
    super(
      root,
      { base: ALL_RIGHTS, inheriting: root.isWritable ? ALL_RIGHTS : ALL_RIGHTS & ~Right.FD_WRITE },
      0,
    );
  }

  override get preopenedAs(): string {
    return "/";
  }
}
