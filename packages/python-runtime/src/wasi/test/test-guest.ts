import { ALL_RIGHTS, OpenFlag, Right } from "../abi.js";
import { createWasi } from "../create-wasi.js";
import type { RunGrants } from "../grants.js";
import { TestPowers } from "./test-powers.js";

export const PAGE = 65_536;
const ALL = BigInt(ALL_RIGHTS);

/** Where results are written; what a test prepares starts after it. */
export const RESULT = 512;
const SCRATCH = 1024;

export interface Stat {
  readonly device: bigint;
  readonly inode: bigint;
  readonly fileType: number;
  readonly links: bigint;
  readonly size: bigint;
  readonly accessed: bigint;
  readonly modified: bigint;
}

/** Stands where a guest's libc would: calls the imports with pointers into a real WebAssembly memory. */
export class TestGuest {
  readonly memory = new WebAssembly.Memory({ initial: 2, maximum: 64 });
  readonly powers = new TestPowers();
  readonly printed: { stream: string; chunk: Uint8Array }[] = [];
  readonly wasi = createWasi({ powers: this.powers, memory: () => this.memory });
  readonly call = this.wasi.imports;
  #next = SCRATCH;

  constructor(grants: Partial<RunGrants> = {}) {
    this.begin(grants);
  }

  begin(grants: Partial<RunGrants> = {}): void {
    this.wasi.begin({
      print: (stream, chunk) => this.printed.push({ stream, chunk }),
      clock: "live",
      random: "live",
      ...grants,
    });
  }

  /** Room in the guest's memory, used round and round. */
  room(length: number): number {
    if (this.#next + length > PAGE) this.#next = SCRATCH;
    const at = this.#next;
    this.#next += (length + 7) & ~7;
    return at;
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  view(): DataView {
    return new DataView(this.memory.buffer);
  }

  u32(at = RESULT): number {
    return this.view().getUint32(at, true);
  }

  u64(at = RESULT): bigint {
    return this.view().getBigUint64(at, true);
  }

  put(data: string | Uint8Array): [pointer: number, length: number] {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const at = this.room(bytes.length);
    this.bytes(at, bytes.length).set(bytes);
    return [at, bytes.length];
  }

  iovecs(
    ...spans: readonly (readonly [pointer: number, length: number])[]
  ): [pointer: number, count: number] {
    const at = this.room(spans.length * 8);
    for (const [i, [pointer, length]] of spans.entries()) {
      this.view().setUint32(at + i * 8, pointer, true);
      this.view().setUint32(at + i * 8 + 4, length, true);
    }
    return [at, spans.length];
  }

  open(
    path: string | Uint8Array,
    { openFlags = 0, rights = ALL_RIGHTS, fdFlags = 0, at = 3 }: OpenOptions = {},
  ): { errno: number; fd: number } {
    this.view().setUint32(RESULT, 0xffff_ffff, true);
    const name = this.put(path);
    const errno = this.call.path_open(at, 1, ...name, openFlags, BigInt(rights), ALL, fdFlags, RESULT);
    return { errno, fd: this.u32() };
  }

  /** Opens what must be there. */
  fd(path: string, options: OpenOptions = {}): number {
    const { errno, fd } = this.open(path, options);
    if (errno !== 0) throw new Error(`path_open(${path}) answered ${errno}`);
    return fd;
  }

  create(path: string, text: string | Uint8Array = ""): number {
    const fd = this.fd(path, { openFlags: OpenFlag.CREAT });
    const errno = this.write(fd, text).errno;
    if (errno !== 0) throw new Error(`fd_write(${path}) answered ${errno}`);
    return fd;
  }

  write(fd: number, text: string | Uint8Array): { errno: number; count: number } {
    const errno = this.call.fd_write(fd, ...this.iovecs(this.put(text)), RESULT);
    return { errno, count: this.u32() };
  }

  read(fd: number, length = 1000): { errno: number; text: string } {
    const at = this.room(length);
    const errno = this.call.fd_read(fd, ...this.iovecs([at, length]), RESULT);
    return { errno, text: errno === 0 ? new TextDecoder().decode(this.bytes(at, this.u32())) : "" };
  }

  /** What is in a file, read from its start through a descriptor of its own. */
  content(path: string): string {
    const fd = this.fd(path, { rights: READING });
    const { text } = this.read(fd, 4000);
    this.call.fd_close(fd);
    return text;
  }

  stat(path: string): Stat & { errno: number } {
    const errno = this.call.path_filestat_get(3, 1, ...this.put(path), RESULT);
    return { errno, ...this.statAt(RESULT) };
  }

  statAt(at: number): Stat {
    const view = this.view();
    const [device, inode, links, size, accessed, modified] = [0, 8, 24, 32, 40, 48].map((offset) =>
      view.getBigUint64(at + offset, true),
    ) as [bigint, bigint, bigint, bigint, bigint, bigint];
    return { device, inode, fileType: view.getUint8(at + 16), links, size, accessed, modified };
  }

  /** A directory's entries, read as libc does: whole entries only, going on from the last one's cookie. */
  list(fd: number, bufferLength = 4096, onEntry: (name: string) => void = () => {}): string[] {
    const at = this.room(bufferLength);
    const names: string[] = [];
    let cookie = 0n;
    for (;;) {
      const errno = this.call.fd_readdir(fd, at, bufferLength, cookie, RESULT);
      if (errno !== 0) throw new Error(`fd_readdir answered ${errno}`);
      const used = this.u32();
      let offset = 0;
      while (offset + 24 <= used) {
        const length = this.view().getUint32(at + offset + 16, true);
        if (offset + 24 + length > used) break;
        const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
          this.bytes(at + offset + 24, length),
        );
        cookie = this.view().getBigUint64(at + offset, true);
        names.push(name);
        onEntry(name);
        offset += 24 + length;
      }
      if (used < bufferLength) return names;
      if (offset === 0) throw new Error("the buffer is too small for an entry");
    }
  }

  /** What was printed to a stream, as text. */
  output(stream: "stdout" | "stderr"): string {
    const decoder = new TextDecoder();
    return this.printed
      .filter((print) => print.stream === stream)
      .map(({ chunk }) => decoder.decode(chunk, { stream: true }))
      .join("");
  }
}

interface OpenOptions {
  readonly openFlags?: number;
  readonly rights?: number;
  readonly fdFlags?: number;
  readonly at?: number;
}

/** The rights that libc asks for when a file is opened for reading only. */
export const READING =
  ALL_RIGHTS & ~(Right.FD_DATASYNC | Right.FD_WRITE | Right.FD_ALLOCATE | Right.FD_FILESTAT_SET_SIZE);
