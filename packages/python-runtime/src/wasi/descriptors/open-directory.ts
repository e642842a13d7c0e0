import { type FileStat, FileType, OpenFlag, Right } from "../abi.js";
import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { Directory, type DirectoryEntry } from "../tree/directory.js";
import { locate } from "../tree/locate.js";
import { MemoryFile } from "../tree/memory-file.js";
import type { TimeChange, TreeNode } from "../tree/node.js";
import { Descriptor, type OpenRequest, type Readiness, type Rights } from "./descriptor.js";
import { FILE_RIGHTS, OpenFile } from "./open-file.js";

/** Which of a descriptor's rights mean anything for a directory. */
export const DIRECTORY_RIGHTS =
  Right.FD_DATASYNC |
  Right.FD_FDSTAT_SET_FLAGS |
  Right.FD_SYNC |
  Right.FD_ADVISE |
  Right.FD_READDIR |
  Right.FD_FILESTAT_GET |
  Right.FD_FILESTAT_SET_TIMES |
  Right.PATH_CREATE_DIRECTORY |
  Right.PATH_CREATE_FILE |
  Right.PATH_LINK_SOURCE |
  Right.PATH_LINK_TARGET |
  Right.PATH_OPEN |
  Right.PATH_READLINK |
  Right.PATH_RENAME_SOURCE |
  Right.PATH_RENAME_TARGET |
  Right.PATH_FILESTAT_GET |
  Right.PATH_FILESTAT_SET_SIZE |
  Right.PATH_FILESTAT_SET_TIMES |
  Right.PATH_SYMLINK |
  Right.PATH_REMOVE_DIRECTORY |
  Right.PATH_UNLINK_FILE |
  Right.POLL_FD_READWRITE;

/** libc asks for all of these when a file is opened for writing, and for none of them otherwise. */
const WRITING = Right.FD_WRITE | Right.FD_ALLOCATE | Right.FD_FILESTAT_SET_SIZE;

/** A directory, and through it everything below: never what is above or beside it. */
export class OpenDirectory extends Descriptor {
  readonly fileType = FileType.DIRECTORY;
  readonly #directory: Directory;

  constructor(directory: Directory, rights: Rights, flags: number) {
    super(rights, flags);
    this.#directory = directory;
    directory.hold();
  }

  override close(): void {
    this.#directory.letGo();
  }

  override stat(): FileStat {
    return this.#directory.stat();
  }

  override setTimes(change: TimeChange): void {
    this.#directory.setTimes(change);
  }

  override sync(): void {}

  override advise(): void {}

  override entriesAfter(cookie: number): Iterable<DirectoryEntry> {
    return this.#directory.entriesAfter(cookie);
  }

  override canRead(): Readiness {
    return { bytes: 0, hangup: false };
  }

  override open(request: OpenRequest): Descriptor {
    const { path, openFlags } = request;
    const has = (flag: number) => (openFlags & flag) !== 0;
    if (has(OpenFlag.CREAT)) this.#require(Right.PATH_CREATE_FILE);
    if (has(OpenFlag.TRUNC)) this.#require(Right.PATH_FILESTAT_SET_SIZE);
    const place = locate(this.#directory, path);
    if (place.kind === "entry" && place.node === undefined) {
      if (!has(OpenFlag.CREAT)) throw refuse(Errno.NOENT);
      if (place.asDirectory) throw refuse(Errno.ISDIR);
      if (has(OpenFlag.DIRECTORY)) throw refuse(Errno.INVAL);
      place.parent.requireWritable();
      const rights = this.#inherit(request, FILE_RIGHTS);
      return new OpenFile(place.parent.addFile(place.name), rights, request.fdFlags);
    }
    if (has(OpenFlag.CREAT) && has(OpenFlag.EXCL)) throw refuse(Errno.EXIST);
    const isForChange = (request.base & WRITING) !== 0 || has(OpenFlag.TRUNC);
    if (place.node instanceof MemoryFile) {
      if (has(OpenFlag.DIRECTORY)) throw refuse(Errno.NOTDIR);
      if (isForChange) place.node.requireWritable();
      const rights = this.#inherit(request, FILE_RIGHTS);
      if (has(OpenFlag.TRUNC)) place.node.resize(0);
      return new OpenFile(place.node, rights, request.fdFlags);
    }
    if (isForChange || has(OpenFlag.CREAT)) throw refuse(Errno.ISDIR);
    if (!(place.node instanceof Directory)) throw refuse(Errno.NOTSUP);
    return new OpenDirectory(place.node, this.#inherit(request, DIRECTORY_RIGHTS), request.fdFlags);
  }

  override statAt(path: string): FileStat {
    return this.#find(path).stat();
  }

  override setTimesAt(path: string, change: TimeChange): void {
    this.#find(path).setTimes(change);
  }

  override makeDirectory(path: string): void {
    const place = locate(this.#directory, path);
    if (place.kind === "itself" || place.node !== undefined) throw refuse(Errno.EXIST);
    place.parent.addDirectory(place.name);
  }

  override removeDirectory(path: string): void {
    const place = locate(this.#directory, path);
    if (place.kind === "itself") throw refuse(Errno.INVAL);
    if (place.node === undefined) throw refuse(Errno.NOENT);
    place.parent.removeDirectory(place.name);
  }

  override removeFile(path: string): void {
    const place = locate(this.#directory, path);
    if (place.kind === "itself") throw refuse(Errno.ISDIR);
    if (place.node === undefined) throw refuse(Errno.NOENT);
    place.parent.removeFile(place.name);
  }

  override rename(path: string, to: Descriptor, newPath: string): void {
    if (!(to instanceof OpenDirectory)) throw refuse(Errno.NOTDIR);
    const from = locate(this.#directory, path);
    const target = locate(to.#directory, newPath);
    if (from.kind === "itself" || target.kind === "itself") throw refuse(Errno.BUSY);
    if (from.node === undefined) throw refuse(Errno.NOENT);
    if (target.asDirectory && !(from.node instanceof Directory)) throw refuse(Errno.NOTDIR);
    from.parent.rename(from.name, target.parent, target.name);
  }

  // EPERM is how a POSIX file system says that it has no links.
  override link(): void {
    throw refuse(Errno.PERM);
  }

  override symlink(): void {
    throw refuse(Errno.PERM);
  }

  override readLink(path: string): string {
    this.#find(path);
    // There are no symbolic links here, so what was found is none.
    throw refuse(Errno.INVAL);
  }

  #find(path: string): TreeNode {
    const { node } = locate(this.#directory, path);
    if (node === undefined) throw refuse(Errno.NOENT);
    return node;
  }

  #require(right: number): void {
    if ((this.rights.base & right) === 0) throw refuse(Errno.NOTCAPABLE);
  }

  /** What the opened thing gets: what was asked for and can apply to it, which must be ours to pass on. */
  #inherit(asked: Rights, applicable: number): Rights {
    const { inheriting } = this.rights;
    const base = asked.base & applicable;
    if ((base & ~inheriting) !== 0) throw refuse(Errno.NOTCAPABLE);
    return { base, inheriting: asked.inheriting & inheriting };
  }
}
