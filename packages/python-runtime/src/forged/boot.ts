/** Boots an interpreter, imports what it is told to, and captures its memory. */
import {
  captureMemory,
  type Extent,
  pageBytes,
  type Range,
  wasmPageBytes,
  writeExtents,
} from "../image/memory-image.js";
import type { Platform } from "../platform/platform.js";
import type { Supplies } from "../supplies.js";
import { Guest } from "./guest.js";

export interface BootOptions {
  readonly platform: Platform;
  readonly module: WebAssembly.Module;
  /** The memory before anything has run. */
  readonly data: readonly Extent[];
  readonly pages: number;
  readonly hashSeed: number;
  readonly pageIn: (table: number, memory: WebAssembly.Memory) => void;
  readonly preload: readonly string[];
  readonly library: Supplies;
}

export interface Snapshot {
  readonly extents: Extent[];
  readonly pages: number;
  readonly stackPointer: number;
  readonly tables: Range[];
}

/** What the interpreter sees while it boots must be the same everywhere, or no two snapshots would be. */
const bootTimeMs = 1_749_600_000_000;
const bootSeed = 0;

const roomPages = 16_384;

export function takeSnapshot({
  platform,
  module,
  data,
  pages,
  hashSeed,
  pageIn,
  preload,
  library,
}: BootOptions): Snapshot {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: roomPages });
  let said = "";
  const guest = new Guest({
    module,
    memory,
    powers: platform.powers,
    door: () => new Uint8Array(),
    supply: (name) => (name === "preload" ? new TextEncoder().encode(preload.join("\n")) : library(name)),
    end: () => {},
    pageIn: (table) => pageIn(table, memory),
  });
  guest.wasi.begin({
    print: (_stream, chunk) => {
      said += new TextDecoder().decode(chunk);
    },
    clock: { nowMs: bootTimeMs },
    random: { seed: bootSeed },
  });
  const succeed = (step: string, code: number) => {
    if (code !== 0) throw new Error(`the interpreter could not ${step}:\n${said}`);
  };
  writeExtents(guest.bytes, data);
  guest.exports._initialize();
  succeed("boot", guest.exports.forge_boot(hashSeed));
  succeed("import what is to be preloaded", guest.exports.forge_prepare());
  const tables = readTableRanges(guest);
  const { bytes, stackPointer } = guest;
  // What calls have left below the stack pointer means nothing and would differ between builds.
  bytes.fill(0, 0, stackPointer);
  return { extents: captureMemory(bytes, tables), pages: bytes.length / wasmPageBytes, stackPointer, tables };
}

/** Whole pages only: a page that is shared with something else stays in the snapshot. */
function readTableRanges(guest: Guest): Range[] {
  const view = new DataView(guest.bytes.buffer);
  const at = guest.exports.forge_cold_tables();
  return [0, 1].map((table) => ({
    start: Math.ceil(view.getUint32(at + table * 8, true) / pageBytes) * pageBytes,
    end: Math.floor(view.getUint32(at + table * 8 + 4, true) / pageBytes) * pageBytes,
  }));
}
