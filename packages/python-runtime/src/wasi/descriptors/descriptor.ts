import { ALL_FD_FLAGS, type FileStat, type FileType } from "../abi.js";
import { Errno } from "../errno.js";
import type { GuestBuffers } from "../guest-buffers.js";
import { refuse } from "../refusal.js";
import type { DirectoryEntry } from "../tree/directory.js";
import type { TimeChange } from "../tree/node.js";

/** What a descriptor may be used for, and what may be passed on to those opened through it. */
export interface Rights {
  readonly base: number;
  readonly inheriting: number;
}

export interface OpenRequest extends Rights {
  readonly path: string;
  readonly openFlags: number;
  readonly fdFlags: number;
}

/** What `poll_oneoff` is told of a descriptor that is ready. */
export interface Readiness {
  readonly bytes: number;
  readonly hangup: boolean;
}

/**
 * An open file descriptor that can do nothing. Kinds of descriptor add what they can do, so an operation that
 * nobody thought of is refused. Rights are looked at before any of this is called; see `DescriptorTable`.
 */
export abstract class Descriptor {
  abstract readonly fileType: FileType;
  #rights: Rights;
  #flags: number;

  constructor(rights: Rights, flags = 0) {
    this.#rights = rights;
    this.#flags = flags;
  }

  get rights(): Rights {
    return this.#rights;
  }

  get flags(): number {
    return this.#flags;
  }

  setFlags(flags: number): void {
    if ((flags & ~ALL_FD_FLAGS) !== 0) throw refuse(Errno.INVAL);
    this.#flags = flags;
  }

  /** Rights can be given up, never won. */
  narrow(rights: Rights): void {
    const { base, inheriting } = this.#rights;
    if ((rights.base & ~base) !== 0 || (rights.inheriting & ~inheriting) !== 0)
      throw refuse(Errno.NOTCAPABLE);
    this.#rights = rights;
  }

  close(): void {}

  /** The name under which this was there before the guest began. BADF is how libc learns where these end. */
  get preopenedAs(): string {
    throw refuse(Errno.BADF);
  }

  stat(): FileStat {
    throw refuse(Errno.NOTSUP);
  }

  setTimes(_change: TimeChange): void {
    throw refuse(Errno.NOTSUP);
  }

  sync(): void {
    throw refuse(Errno.NOTSUP);
  }

  advise(): void {
    throw refuse(Errno.NOTSUP);
  }

  read(_into: GuestBuffers): number {
    throw refuse(Errno.NOTSUP);
  }

  readAt(_position: bigint, _into: GuestBuffers): number {
    throw refuse(Errno.NOTSUP);
  }

  write(_from: GuestBuffers): number {
    throw refuse(Errno.NOTSUP);
  }

  writeAt(_position: bigint, _from: GuestBuffers): number {
    throw refuse(Errno.NOTSUP);
  }

  seek(_offset: bigint, _whence: number): bigint {
    throw refuse(Errno.NOTSUP);
  }

  resize(_size: bigint): void {
    throw refuse(Errno.NOTSUP);
  }

  reserve(_offset: bigint, _length: bigint): void {
    throw refuse(Errno.NOTSUP);
  }

  entriesAfter(_cookie: number): Iterable<DirectoryEntry> {
    throw refuse(Errno.NOTDIR);
  }

  canRead(): Readiness {
    throw refuse(Errno.NOTSUP);
  }

  canWrite(): Readiness {
    throw refuse(Errno.NOTSUP);
  }

  open(_request: OpenRequest): Descriptor {
    throw refuse(Errno.NOTDIR);
  }

  statAt(_path: string): FileStat {
    throw refuse(Errno.NOTDIR);
  }

  setTimesAt(_path: string, _change: TimeChange): void {
    throw refuse(Errno.NOTDIR);
  }

  makeDirectory(_path: string): void {
    throw refuse(Errno.NOTDIR);
  }

  removeDirectory(_path: string): void {
    throw refuse(Errno.NOTDIR);
  }

  removeFile(_path: string): void {
    throw refuse(Errno.NOTDIR);
  }

  rename(_path: string, _to: Descriptor, _newPath: string): void {
    throw refuse(Errno.NOTDIR);
  }

  link(_path: string, _to: Descriptor, _newPath: string): void {
    throw refuse(Errno.NOTSUP);
  }

  symlink(_target: string, _path: string): void {
    throw refuse(Errno.NOTSUP);
  }

  readLink(_path: string): string {
    throw refuse(Errno.NOTDIR);
  }
}
