/** One WebAssembly instance of the interpreter in a memory of its own, with no policy about when to do what. */
import { wasmPageBytes } from "../image/memory-image.js";
import { GuestMemory } from "../wasi/guest-memory.js";
import { type Carried, createWasi, type Wasi, type WasiPowers } from "../wasi/index.js";
import { createHostSide, type HostFunctionsOptions, type HostSide } from "./host-functions.js";

interface GuestExports {
  readonly __stack_pointer: WebAssembly.Global<"i32">;
  _initialize(): void;
  forge_boot(hashSeed: number): number;
  forge_prepare(): number;
  forge_run(): number;
  forge_heap_end(): number;
  /** The address of pairs of addresses: start and end of each table. */
  forge_cold_tables(): number;
}

export interface GuestOptions extends Omit<HostFunctionsOptions, "memory"> {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly powers: WasiPowers;
}

export class Guest {
  readonly wasi: Wasi;
  readonly #module: WebAssembly.Module;
  readonly #memory: WebAssembly.Memory;
  readonly #imports: WebAssembly.Imports;
  readonly #hostSide: HostSide;
  #exports: GuestExports;

  constructor({ module, memory, powers, ...host }: GuestOptions) {
    const view = () => memory;
    this.wasi = createWasi({ powers, memory: view });
    this.#module = module;
    this.#memory = memory;
    this.#hostSide = createHostSide({ ...host, memory: new GuestMemory(view) });
    this.#imports = {
      env: { memory },
      forge: { ...this.#hostSide.imports },
      wasi_snapshot_preview1: { ...this.wasi.imports },
    };
    this.#exports = this.#instantiate();
  }

  /** Takes everything from the guest that its run was given. */
  endRun(): Carried {
    this.#hostSide.forget();
    return this.wasi.end();
  }

  get exports(): GuestExports {
    return this.#exports;
  }

  /** As it is now: growing replaces it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.buffer);
  }

  /** To at least so many bytes, which must be whole pages and no more than the memory's maximum. */
  growTo(bytes: number): void {
    const missing = bytes - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(missing / wasmPageBytes);
  }

  get stackPointer(): number {
    return this.#exports.__stack_pointer.value;
  }

  set stackPointer(value: number) {
    this.#exports.__stack_pointer.value = value;
  }

  /** A new instance in the same memory: for when the old one was left in the middle of something. */
  reinstantiate(): void {
    this.#exports = this.#instantiate();
  }

  #instantiate(): GuestExports {
    return new WebAssembly.Instance(this.#module, this.#imports).exports as unknown as GuestExports;
  }
}
