import { Right } from "../abi.js";
import type { Readiness } from "./descriptor.js";
import { Stream } from "./stream.js";

/** A standard input that is at its end. */
export class EmptyInput extends Stream {
  constructor(inode: number) {
    super(inode, Right.FD_READ | Right.FD_FDSTAT_SET_FLAGS | Right.FD_FILESTAT_GET | Right.POLL_FD_READWRITE);
  }

  override read(): number {
    return 0;
  }

  override canRead(): Readiness {
    return { bytes: 0, hangup: true };
  }
}
