import { Fd, wasi } from "@bjorn3/browser_wasi_shim";
import { Filestat } from "./filestat.js";

/** A standard stream. It is no terminal, or CPython would colour its tracebacks and flush every line. */
export abstract class StandardStream extends Fd {
  override fd_fdstat_get() {
    return { ret: 0, fdstat: new wasi.Fdstat(wasi.FILETYPE_UNKNOWN, 0) };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: new Filestat(0n, wasi.FILETYPE_UNKNOWN, 0n) };
  }

  override fd_seek() {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }

  override fd_tell() {
    return { ret: wasi.ERRNO_SPIPE, offset: 0n };
  }
}

export class Input extends StandardStream {
  readonly #supply: (size: number) => Uint8Array;

  constructor(supply: (size: number) => Uint8Array) {
    super();
    this.#supply = supply;
  }

  override fd_read(size: number) {
    return { ret: 0, data: this.#supply(size) };
  }
}

export class Output extends StandardStream {
  readonly #receive: (chunk: Uint8Array) => void;

  constructor(receive: (chunk: Uint8Array) => void) {
    super();
    this.#receive = receive;
  }

  override fd_write(chunk: Uint8Array) {
    this.#receive(chunk);
    return { ret: 0, nwritten: chunk.length };
  }
}
