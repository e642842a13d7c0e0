import { Right } from "../../packages/python-runtime/src/wasi/abi.js";
import type { Calls } from "./functions.js";

/** Where answers are written. */
export const answer = 512;
export const memoryEnd = 2 * 65_536;
const scratch = 1_024;
const rightsOf = (...names: readonly (keyof typeof Right)[]) =>
  names.reduce((sum, name) => sum | BigInt(Right[name]), 0n);
const allRights = 2n ** 28n - 1n;
export const toRead = rightsOf(
  ...(["FD_READ", "FD_SEEK", "FD_TELL", "FD_ADVISE", "FD_READDIR"] as const),
  ...(["FD_FILESTAT_GET", "POLL_FD_READWRITE"] as const),
);
/** And what a directory needs for that which is below it. */
export const toLook = toRead | rightsOf("PATH_OPEN", "PATH_FILESTAT_GET");
export const toWrite = rightsOf(
  ...(["FD_WRITE", "FD_ALLOCATE", "FD_FILESTAT_SET_SIZE", "FD_FILESTAT_SET_TIMES"] as const),
  ...(["FD_FDSTAT_SET_FLAGS", "FD_SYNC", "FD_DATASYNC"] as const),
);

export const Open = { CREATE: 1, DIRECTORY: 2, EXCLUSIVE: 4, TRUNCATE: 8 } as const;

interface OpenHow {
  readonly flags?: number;
  readonly rights?: bigint;
  readonly inheriting?: bigint;
  readonly fdFlags?: number;
  readonly at?: number;
}

/** Stands where a guest's libc would. */
export class WasiGuest {
  #next = scratch;

  constructor(
    readonly call: Calls,
    readonly memory: WebAssembly.Memory,
    readonly printed: readonly Uint8Array[],
  ) {}

  put(content: string | Uint8Array): [pointer: number, length: number] {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const at = this.room(bytes.length);
    this.bytes(at, bytes.length).set(bytes);
    return [at, bytes.length];
  }

  room(length: number): number {
    const at = this.#next;
    this.#next += (length + 15) & ~7;
    if (this.#next > 65_536) throw new Error("the test's guest has no room left");
    return at;
  }

  buffers(...spans: readonly (readonly [pointer: number, length: number])[]): [list: number, count: number] {
    const at = this.room(spans.length * 8);
    spans.forEach(([pointer, length], index) => {
      this.view.setUint32(at + index * 8, pointer, true);
      this.view.setUint32(at + index * 8 + 4, length, true);
    });
    return [at, spans.length];
  }

  open(path: string | Uint8Array, how: OpenHow = {}): number {
    const { flags = 0, rights = toRead, inheriting = allRights, fdFlags = 0, at = 3 } = how;
    return this.call.path_open(at, 1, ...this.put(path), flags, rights, inheriting, fdFlags, answer);
  }

  /** The descriptor of what must open. */
  fd(path: string, how: OpenHow = {}): number {
    const errno = this.open(path, how);
    if (errno !== 0) throw new Error(`${path} does not open: ${errno}`);
    return this.u32();
  }

  /** A file that is made, with this in it, open for reading and writing. */
  made(path: string, content = ""): number {
    const fd = this.fd(path, { flags: Open.CREATE, rights: toRead | toWrite });
    this.write(fd, content);
    return fd;
  }

  write(fd: number, content: string): number {
    return this.call.fd_write(fd, ...this.buffers(this.put(content)), answer);
  }

  /** What is read, or the errno. */
  read(fd: number, length = 100): string | number {
    const at = this.room(length);
    const errno = this.call.fd_read(fd, ...this.buffers([at, length]), answer);
    return errno === 0 ? new TextDecoder().decode(this.bytes(at, this.u32()).slice()) : errno;
  }

  get view(): DataView {
    return new DataView(this.memory.buffer);
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  u32(at = answer): number {
    return this.view.getUint32(at, true);
  }

  u64(at = answer): bigint {
    return this.view.getBigUint64(at, true);
  }
}
