import { FdFlag, type FileStat, FileType, Right, Whence } from "../abi.js";
import { Errno } from "../errno.js";
import type { GuestBuffers } from "../guest-buffers.js";
import { refuse } from "../refusal.js";
import type { MemoryFile } from "../tree/memory-file.js";
import type { TimeChange } from "../tree/node.js";
import { Descriptor, type Readiness, type Rights } from "./descriptor.js";

/** Which of a descriptor's rights mean anything for a file. */
export const FILE_RIGHTS =
  Right.FD_DATASYNC |
  Right.FD_READ |
  Right.FD_SEEK |
  Right.FD_FDSTAT_SET_FLAGS |
  Right.FD_SYNC |
  Right.FD_TELL |
  Right.FD_WRITE |
  Right.FD_ADVISE |
  Right.FD_ALLOCATE |
  Right.FD_FILESTAT_GET |
  Right.FD_FILESTAT_SET_SIZE |
  Right.FD_FILESTAT_SET_TIMES |
  Right.POLL_FD_READWRITE;

/** A place in a file. Whether the file can be changed is the file's to say. */
export class OpenFile extends Descriptor {
  readonly fileType = FileType.REGULAR_FILE;
  readonly #file: MemoryFile;
  #position = 0;

  constructor(file: MemoryFile, rights: Rights, flags: number) {
    super(rights, flags);
    this.#file = file;
    file.hold();
  }

  override close(): void {
    this.#file.letGo();
  }

  override stat(): FileStat {
    return this.#file.stat();
  }

  override setTimes(change: TimeChange): void {
    this.#file.setTimes(change);
  }

  override sync(): void {}

  override advise(): void {}

  override read(into: GuestBuffers): number {
    const count = this.#readFrom(this.#position, into);
    this.#position += count;
    return count;
  }

  override readAt(position: bigint, into: GuestBuffers): number {
    // Past any file's end there is nothing to read, however far past it is.
    return this.#readFrom(Number(position), into);
  }

  override write(from: GuestBuffers): number {
    const start = (this.flags & FdFlag.APPEND) !== 0 ? this.#file.size : this.#position;
    const count = this.#writeFrom(start, from);
    this.#position = start + count;
    return count;
  }

  override writeAt(position: bigint, from: GuestBuffers): number {
    return this.#writeFrom(toFileOffset(position, Errno.FBIG), from);
  }

  override seek(offset: bigint, whence: number): bigint {
    const position = this.#base(whence) + offset;
    if (position < 0n) throw refuse(Errno.INVAL);
    this.#position = toFileOffset(position, Errno.INVAL);
    return position;
  }

  override resize(size: bigint): void {
    this.#file.resize(toFileOffset(size, Errno.FBIG));
  }

  override reserve(offset: bigint, length: bigint): void {
    if (length === 0n) throw refuse(Errno.INVAL);
    this.#file.reserve(toFileOffset(offset + length, Errno.FBIG));
  }

  override canRead(): Readiness {
    return { bytes: Math.max(0, this.#file.size - this.#position), hangup: false };
  }

  override canWrite(): Readiness {
    return { bytes: 0, hangup: false };
  }

  #base(whence: number): bigint {
    if (whence === Whence.SET) return 0n;
    if (whence === Whence.CUR) return BigInt(this.#position);
    if (whence === Whence.END) return BigInt(this.#file.size);
    throw refuse(Errno.INVAL);
  }

  #readFrom(start: number, into: GuestBuffers): number {
    let position = start;
    return into.transfer((piece) => {
      const count = this.#file.readAt(position, piece);
      position += count;
      return count;
    });
  }

  #writeFrom(start: number, from: GuestBuffers): number {
    let position = start;
    return from.transfer((piece) => {
      this.#file.writeAt(position, piece);
      position += piece.length;
      return piece.length;
    });
  }
}

function toFileOffset(offset: bigint, tooLarge: Errno): number {
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw refuse(tooLarge);
  return Number(offset);
}
