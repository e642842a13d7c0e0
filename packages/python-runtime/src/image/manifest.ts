/** What an image is made of. Written by the build, read and believed only together with the hashes in it. */

export const imageFiles = ["interpreter.wasm", "snapshot.wasm", "library.bin", "boot.bin"] as const;
export type ImageFile = (typeof imageFiles)[number];

export const imageFormat = 2;

export interface Manifest {
  readonly format: typeof imageFormat;
  readonly python: string;
  /** Equal hashes mean equal images. */
  readonly recipe: string;
  readonly files: Readonly<Record<ImageFile, { readonly sha256: string; readonly bytes: number }>>;
  readonly memory: {
    /** Size of the memory in the snapshot, in WebAssembly pages of 64 KB. */
    readonly pages: number;
    /** The same, before the interpreter is booted. */
    readonly bootPages: number;
    /** The one mutable global of the module, constant whenever no guest code runs. */
    readonly stackPointer: number;
  };
  /** Where in memory the tables of native/cold.c lie, which the snapshot leaves out. */
  readonly tables: readonly { readonly start: number; readonly end: number }[];
  /** Imported before the snapshot was taken. */
  readonly preload: readonly string[];
  readonly hashSeed: number;
  /** sha256 of everything that went into it. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly tools: Readonly<Record<string, string>>;
  readonly licences: Readonly<Record<string, string>>;
  /** Patches of Debian's that were applied to its sources, by package. */
  readonly fixes: Readonly<Record<string, readonly string[]>>;
}

/**
 * `undefined` if it is no manifest of this format. By hand, not by schema: a short program spends more time on loading
 * a schema library than on its first run of Python.
 */
export function parseManifest(data: unknown): Manifest | undefined {
  if (!isRecord(data) || data.format !== imageFormat) return undefined;
  const { files, memory, tables } = data;
  const isManifest =
    typeof data.python === "string" &&
    isSha256(data.recipe) &&
    isRecord(files) &&
    imageFiles.every(
      (file) => isRecord(files[file]) && isSha256(files[file].sha256) && isSize(files[file].bytes),
    ) &&
    isRecord(memory) &&
    isPageCount(memory.pages) &&
    isPageCount(memory.bootPages) &&
    isSize(memory.stackPointer) &&
    Array.isArray(tables) &&
    tables.every((table) => isRecord(table) && isSize(table.start) && isSize(table.end)) &&
    isTextList(data.preload) &&
    isSize(data.hashSeed) &&
    [data.inputs, data.tools, data.licences].every(isTextRecord) &&
    isRecord(data.fixes) &&
    Object.values(data.fixes).every(isTextList);
  return isManifest ? (data as unknown as Manifest) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextRecord(value: unknown): boolean {
  return isRecord(value) && isTextList(Object.values(value));
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isSha256(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function isSize(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff_ffff;
}

function isPageCount(value: unknown): boolean {
  return isSize(value) && Number(value) > 0 && Number(value) <= 65_536;
}
