/** Files that a guest may read, on the shim's classes: what is not overridden here is answered "not supported". */
import { Fd, Inode, wasi } from "@bjorn3/browser_wasi_shim";
import { Filestat } from "./filestat.js";

const maxPathLength = 4096;
const writing = BigInt(wasi.RIGHTS_FD_WRITE);
// The guest's C library asks for no more than these when it opens something in a folder.
const rightsInFolders = BigInt(wasi.RIGHTS_FD_READ | wasi.RIGHTS_FD_WRITE | wasi.RIGHTS_FD_READDIR);

/** Numbers the inodes of one run. The shim would number them across runs, and so tell one run of another. */
export class Numbering {
  #last = 0n;

  next(): bigint {
    this.#last += 1n;
    return this.#last;
  }
}

export class ReadOnlyFile extends Inode {
  constructor(
    numbering: Numbering,
    readonly bytes: Uint8Array,
  ) {
    super();
    this.ino = numbering.next();
  }

  override path_open(oflags: number, rights: bigint) {
    const changes = (oflags & wasi.OFLAGS_TRUNC) !== 0 || (rights & writing) !== 0n;
    return changes ? { ret: wasi.ERRNO_ROFS, fd_obj: null } : { ret: 0, fd_obj: new OpenReadOnlyFile(this) };
  }

  override stat() {
    return new Filestat(this.ino, wasi.FILETYPE_REGULAR_FILE, BigInt(this.bytes.length));
  }
}

class OpenReadOnlyFile extends Fd {
  #position = 0n;

  constructor(readonly file: ReadOnlyFile) {
    super();
  }

  override fd_fdstat_get() {
    return { ret: 0, fdstat: new wasi.Fdstat(wasi.FILETYPE_REGULAR_FILE, 0) };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: this.file.stat() };
  }

  override fd_read(size: number) {
    const result = this.fd_pread(size, this.#position);
    this.#position += BigInt(result.data.length);
    return result;
  }

  override fd_pread(size: number, signedOffset: bigint) {
    const { bytes } = this.file;
    const offset = BigInt.asUintN(64, signedOffset);
    const start = offset < BigInt(bytes.length) ? Number(offset) : bytes.length;
    return { ret: 0, data: bytes.subarray(start, start + size) };
  }

  override fd_seek(offset: bigint, whence: number) {
    const base = [0n, this.#position, BigInt(this.file.bytes.length)][whence];
    if (base === undefined || base + offset < 0n) {
      return { ret: wasi.ERRNO_INVAL, offset: 0n };
    }
    this.#position = base + offset;
    return { ret: 0, offset: this.#position };
  }

  override fd_tell() {
    return { ret: 0, offset: this.#position };
  }
}

export class ReadOnlyFolder extends Inode {
  readonly names = new Map<string, Inode>();

  constructor(numbering: Numbering) {
    super();
    this.ino = numbering.next();
  }

  override path_open() {
    return { ret: 0, fd_obj: new OpenFolder(this) };
  }

  override stat() {
    return new Filestat(this.ino, wasi.FILETYPE_DIRECTORY, 0n);
  }
}

class OpenFolder extends Fd {
  #listing: readonly (readonly [string, Inode])[] | undefined;

  constructor(readonly folder: ReadOnlyFolder) {
    super();
  }

  override fd_fdstat_get() {
    const fdstat = new wasi.Fdstat(wasi.FILETYPE_DIRECTORY, 0);
    fdstat.fs_rights_inherited = rightsInFolders;
    return { ret: 0, fdstat };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: this.folder.stat() };
  }

  override fd_readdir_single(cookie: bigint) {
    this.#listing ??= [[".", this.folder], ["..", this.folder], ...this.folder.names];
    const [name, inode] = this.#listing[Number(cookie)] ?? [];
    const dirent = name !== undefined && inode ? direntOf(cookie + 1n, name, inode) : null;
    return { ret: 0, dirent };
  }

  override path_filestat_get(_flags: number, path: string) {
    const { ret, inode } = this.#locate(path);
    return { ret, filestat: inode?.stat() ?? null };
  }

  override path_open(_dirflags: number, path: string, oflags: number, rights: bigint) {
    const { ret, inode } = this.#locate(path);
    if (!inode) {
      const creates = ret === wasi.ERRNO_NOENT && (oflags & wasi.OFLAGS_CREAT) !== 0;
      return { ret: creates ? wasi.ERRNO_ROFS : ret, fd_obj: null };
    }
    if ((oflags & wasi.OFLAGS_EXCL) !== 0) {
      return { ret: wasi.ERRNO_EXIST, fd_obj: null };
    }
    if ((oflags & wasi.OFLAGS_DIRECTORY) !== 0 && !(inode instanceof ReadOnlyFolder)) {
      return { ret: wasi.ERRNO_NOTDIR, fd_obj: null };
    }
    return inode.path_open(oflags, rights, 0);
  }

  override path_create_directory(path: string) {
    return this.#locate(path).inode ? wasi.ERRNO_EXIST : wasi.ERRNO_ROFS;
  }

  override path_readlink(path: string) {
    const { ret, inode } = this.#locate(path);
    return { ret: inode ? wasi.ERRNO_INVAL : ret, data: null };
  }

  override path_lookup() {
    return { ret: wasi.ERRNO_ROFS, inode_obj: null };
  }

  override path_unlink() {
    return { ret: wasi.ERRNO_ROFS, inode_obj: null };
  }

  override path_unlink_file(path: string) {
    return this.#refusedChange(path);
  }

  override path_remove_directory(path: string) {
    return this.#refusedChange(path);
  }

  override path_filestat_set_times(_flags: number, path: string) {
    return this.#refusedChange(path);
  }

  #refusedChange(path: string): number {
    const { ret, inode } = this.#locate(path);
    return inode ? wasi.ERRNO_ROFS : ret;
  }

  /** Walks names from here; there is nothing above, and no links. */
  #locate(path: string): { ret: number; inode?: Inode } {
    if (path.length > maxPathLength) {
      return { ret: wasi.ERRNO_NAMETOOLONG };
    }
    if (path.startsWith("/")) {
      return { ret: wasi.ERRNO_NOTCAPABLE };
    }
    const walked: Inode[] = [this.folder];
    for (const name of path.split("/")) {
      const here = walked.at(-1);
      if (!(here instanceof ReadOnlyFolder)) {
        return { ret: wasi.ERRNO_NOTDIR };
      }
      if (name === "..") {
        walked.pop();
        if (walked.length === 0) {
          return { ret: wasi.ERRNO_NOTCAPABLE };
        }
      } else if (name !== "" && name !== ".") {
        const next = here.names.get(name);
        if (!next) {
          return { ret: wasi.ERRNO_NOENT };
        }
        walked.push(next);
      }
    }
    return { ret: 0, inode: walked.at(-1) ?? this.folder };
  }
}

/** A folder that the guest finds open when it starts, under this path. */
export class GrantedFolder extends OpenFolder {
  constructor(
    readonly path: string,
    folder: ReadOnlyFolder,
  ) {
    super(folder);
  }

  override fd_prestat_get() {
    return { ret: 0, prestat: wasi.Prestat.dir(this.path) };
  }
}

function direntOf(next: bigint, name: string, inode: Inode) {
  return new wasi.Dirent(next, inode.ino, name, inode.stat().filetype);
}
