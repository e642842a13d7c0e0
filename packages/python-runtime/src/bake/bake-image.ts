/**
 * An image of your own, from an existing one: with packages of yours in its library and what you name imported before
 * the snapshot. Nothing is compiled but Python, and that by the image's own interpreter.
 */
import type { ForgedArtifact } from "../forged/artifact.js";
import { takeSnapshot } from "../forged/boot.js";
import { compileImage } from "../forged/compile.js";
import { librarySupplies } from "../forged/library-supplies.js";
import { openLibrary } from "../forged/shared-library.js";
import { pageIn } from "../forged/tables.js";
import { encodeLibrary, parseLibrary } from "../image/library.js";
import type { ImageFolder } from "../image/load.js";
import { type ImageFile, imageFiles, type Manifest } from "../image/manifest.js";
import { parseMemoryImage, wasmPageBytes } from "../image/memory-image.js";
import { encodeRestorer } from "../image/restorer.js";
import type { Platform } from "../platform/platform.js";
import { compileModules } from "./compile-modules.js";

export interface BakeOptions {
  readonly base: ImageFolder;
  /** Files of pure-Python packages by path, for example `mypackage/__init__.py`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Modules to import before the snapshot, beside those of the base. */
  readonly preload: readonly string[];
  /** What string hashes depend on. Images with different seeds order sets differently. */
  readonly hashSeed?: number;
}

export interface BakedImage {
  readonly manifest: Manifest;
  readonly contents: Readonly<Record<ImageFile, Uint8Array<ArrayBuffer>>>;
}

/** Enough for compiling, and for whatever the packages do when they are imported. */
const bakingMemoryMb = 1024;
const nativeCode = /\.(so|pyd|dylib|dll)$/;

export async function bakeImage(platform: Platform, options: BakeOptions): Promise<BakedImage> {
  const { base, files, hashSeed = base.manifest.hashSeed } = options;
  const native = [...files.keys()].find((file) => nativeCode.test(file));
  if (native)
    throw new TypeError(`${native} is native code: only pure-Python packages can be part of an image`);

  const artifact = await compileImage(platform, base, { memoryMb: bakingMemoryMb });
  const libraryFile = await withModules(platform, artifact, files);
  const library = parseLibrary(libraryFile);
  const boot = await base.read("boot.bin");
  const { bootPages } = base.manifest.memory;
  const preload = [...new Set([...base.manifest.preload, ...options.preload])];
  const snapshot = takeSnapshot({
    platform,
    module: artifact.module,
    data: parseMemoryImage(boot, bootPages * wasmPageBytes),
    pages: bootPages,
    hashSeed,
    pageIn: (table, memory) => pageIn(memory, library, base.manifest.tables, table),
    preload,
    library: librarySupplies(() => library),
  });
  const contents = {
    "interpreter.wasm": await base.read("interpreter.wasm"),
    "snapshot.wasm": encodeRestorer(snapshot.extents),
    "library.bin": libraryFile,
    "boot.bin": boot,
  };
  const added = await Promise.all(
    [...files].map(async ([file, bytes]) => [file, await platform.sha256(bytes.slice())] as const),
  );
  return {
    contents,
    manifest: {
      ...base.manifest,
      files: await describeFiles(platform, contents),
      memory: { bootPages, pages: snapshot.pages, stackPointer: snapshot.stackPointer },
      preload,
      hashSeed,
      inputs: { ...base.manifest.inputs, ...Object.fromEntries(added) },
    },
  };
}

export async function describeFiles(
  platform: Platform,
  contents: BakedImage["contents"],
): Promise<Manifest["files"]> {
  const entries = imageFiles.map(async (file) => {
    const bytes = contents[file];
    return [file, { sha256: await platform.sha256(bytes), bytes: bytes.length }] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Manifest["files"];
}

async function withModules(
  platform: Platform,
  artifact: ForgedArtifact,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const base = openLibrary(platform, artifact.library);
  const entries = new Map([...base.names()].map((name) => [name, base.find(name) ?? new Uint8Array()]));
  for (const [name, bytes] of await compileModules(platform, artifact, files)) entries.set(name, bytes);
  return encodeLibrary(entries);
}
