import { type Fd, WASI } from "@bjorn3/browser_wasi_shim";
import { stackPointerExport } from "./module-bytes.js";
import { overrideSystemCalls, type SystemPowers } from "./system-calls.js";

/** Everything a guest can see or reach, for one run. */
export interface World extends SystemPowers {
  readonly files: Fd[];
}

/**
 * One instance of the interpreter, good for one run: a WASI command starts, runs to its end, and cannot start again.
 * It is made before it is known what it will run.
 */
export class Guest {
  readonly #layer: WASI;
  readonly #exports: { memory: WebAssembly.Memory; _start: () => unknown };
  readonly #stackPointer: WebAssembly.Global;
  #world: World | undefined;

  static async create(module: WebAssembly.Module): Promise<Guest> {
    const layer = new WASI(commandLine, [], [], { debug: false });
    let guest: Guest | undefined;
    const started = () => {
      if (!guest) {
        throw new Error("the interpreter ran before it was started");
      }
      return guest;
    };
    overrideSystemCalls(
      layer,
      () => started().#exports.memory,
      () => started().#powers(),
    );
    const instance = await WebAssembly.instantiate(module, {
      wasi_snapshot_preview1: layer.wasiImport as WebAssembly.ModuleImports,
    });
    guest = new Guest(layer, instance.exports);
    return guest;
  }

  private constructor(layer: WASI, exports: WebAssembly.Exports) {
    this.#layer = layer;
    this.#exports = exports as { memory: WebAssembly.Memory; _start: () => unknown };
    this.#stackPointer = exports[stackPointerExport] as WebAssembly.Global;
  }

  /** Runs to the end and gives the exit code, or throws what ended it. */
  start(world: World): number {
    this.#world = world;
    this.#layer.fds = world.files;
    return this.#layer.start({ exports: this.#exports });
  }

  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  get stackPointer(): number {
    return Number(this.#stackPointer.value);
  }

  #powers(): SystemPowers {
    if (!this.#world) {
      throw new Error("the interpreter ran before it was started");
    }
    return this.#world;
  }
}

// -I and -S: no environment, no user's folders, no `site`, which would cost a third of the start. -B: no .pyc files.
const commandLine = [
  "python",
  "-I",
  "-S",
  "-B",
  "-c",
  "import sys; sys.path.append('/forge'); import _forge_start",
];
