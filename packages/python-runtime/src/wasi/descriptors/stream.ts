import { type FileStat, FileType } from "../abi.js";
import { Descriptor } from "./descriptor.js";

const STREAMS_DEVICE = 3;

/**
 * An end of something like a pipe, which preview 1 has no file type for. Not a character device: libc would take
 * it for a terminal, and Python would colour its tracebacks.
 */
export abstract class Stream extends Descriptor {
  readonly fileType = FileType.UNKNOWN;
  readonly #inode: number;

  constructor(inode: number, rights: number) {
    super({ base: rights, inheriting: 0 });
    this.#inode = inode;
  }

  override stat(): FileStat {
    return {
      device: STREAMS_DEVICE,
      inode: this.#inode,
      fileType: this.fileType,
      links: 1,
      size: 0,
      accessed: 0n,
      modified: 0n,
      changed: 0n,
    };
  }
}
