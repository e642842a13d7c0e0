/** Boots the linked module once and writes what every run starts from. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describeFiles } from "../../src/bake/bake-image.js";
import { takeSnapshot } from "../../src/forged/boot.js";
import { librarySupplies } from "../../src/forged/library-supplies.js";
import { tableName } from "../../src/forged/tables.js";
import { encodeLibrary, parseLibrary } from "../../src/image/library.js";
import { imageFiles, imageFormat, type Manifest } from "../../src/image/manifest.js";
import { captureMemory, encodeMemoryImage } from "../../src/image/memory-image.js";
import { encodeRestorer } from "../../src/image/restorer.js";
import { node } from "../../src/platform/node.js";
import { splitDataSegments } from "../data-segments.js";
import { withEagerFunctions } from "../eager-functions.js";
import { functionsOfFirstRun } from "../first-run.js";
import { bootPages, hashSeed, preload } from "../recipe.js";

export interface ImageInputs {
  readonly moduleFile: string;
  readonly libraryFile: string;
  readonly about: Pick<Manifest, "python" | "recipe" | "inputs" | "tools" | "licences" | "fixes">;
}

/** Fills `folder`; the manifest is written last. */
export async function writeImage(
  folder: string,
  { moduleFile, libraryFile, about }: ImageInputs,
): Promise<void> {
  const { code, segments } = splitDataSegments(await readFile(moduleFile));
  const library = parseLibrary(await readFile(libraryFile));

  const data = new Uint8Array(bootPages * 65_536);
  for (const { offset, bytes } of segments) data.set(bytes, offset);

  const snapshot = takeSnapshot({
    platform: node,
    module: await WebAssembly.compile(code),
    data: captureMemory(data),
    pages: bootPages,
    hashSeed,
    pageIn: () => {}, // They are still in the data.
    preload,
    library: librarySupplies(() => library),
  });
  const plugin = await readFile(path.join(import.meta.dirname, "..", "first_run.py"));
  const isEager = await functionsOfFirstRun({
    code,
    snapshot,
    library: librarySupplies(() => library),
    plugin,
  });
  const entries = new Map([...library.names()].map((name) => [name, library.find(name) ?? new Uint8Array()]));
  snapshot.tables.forEach(({ start, end }, table) => {
    entries.set(tableName(table), data.slice(start, end));
  });

  const contents = {
    "interpreter.wasm": withEagerFunctions(code, isEager),
    "snapshot.wasm": encodeRestorer(snapshot.extents),
    "library.bin": encodeLibrary(entries),
    "boot.bin": encodeMemoryImage(captureMemory(data, snapshot.tables)),
  };
  const manifest: Manifest = {
    format: imageFormat,
    ...about,
    files: await describeFiles(node, contents),
    memory: { pages: snapshot.pages, stackPointer: snapshot.stackPointer, bootPages },
    tables: snapshot.tables,
    preload,
    hashSeed,
  };
  for (const file of imageFiles) await writeFile(path.join(folder, file), contents[file]);
  await writeFile(path.join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
