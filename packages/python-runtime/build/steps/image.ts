/** Boots the linked module once and writes what every run starts from. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { takeSnapshot } from "../../src/forged/boot.js";
import { librarySupplies } from "../../src/forged/library-supplies.js";
import { parseLibrary } from "../../src/image/library.js";
import { imageFiles, type Manifest } from "../../src/image/manifest.js";
import { captureMemory, encodeMemoryImage } from "../../src/image/memory-image.js";
import { node } from "../../src/platform/node.js";
import { splitDataSegments } from "../data-segments.js";
import { bootPages, hashSeed, preload } from "../recipe.js";

export interface ImageInputs {
  readonly moduleFile: string;
  readonly libraryFile: string;
  readonly about: Pick<Manifest, "python" | "recipe" | "inputs" | "tools" | "licences">;
}

/** Fills `folder`; the manifest is written last. */
export async function writeImage(folder: string, { moduleFile, libraryFile, about }: ImageInputs): Promise<void> {
  const { code, segments } = splitDataSegments(await readFile(moduleFile));
  const libraryBytes = await readFile(libraryFile);
  const library = parseLibrary(libraryBytes);

  const data = new Uint8Array(bootPages * 65_536);
  for (const { offset, bytes } of segments) data.set(bytes, offset);

  const snapshot = takeSnapshot({
    platform: node,
    module: await WebAssembly.compile(code as BufferSource),
    memory: captureMemory(data),
    pages: bootPages,
    begin: { hashSeed },
    tables: [],
    preload,
    library: librarySupplies(() => library),
  });
  const onlyTables = new Uint8Array(data.length);
  for (const { start, end } of snapshot.tables) onlyTables.set(data.subarray(start, end), start);

  const contents = {
    "interpreter.wasm": code,
    "boot.bin": encodeMemoryImage(captureMemory(data, snapshot.tables)),
    "snapshot.bin": encodeMemoryImage(snapshot.extents),
    "tables.bin": encodeMemoryImage(captureMemory(onlyTables)),
    "library.bin": libraryBytes,
  };
  const manifest: Manifest = {
    format: 1,
    ...about,
    files: describe(contents),
    memory: { pages: snapshot.pages, stackPointer: snapshot.stackPointer, bootPages },
    tables: snapshot.tables,
    preload,
    hashSeed,
  };
  for (const file of imageFiles) await writeFile(path.join(folder, file), contents[file]);
  await writeFile(path.join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

function describe(contents: Record<(typeof imageFiles)[number], Uint8Array>): Manifest["files"] {
  const entries = imageFiles.map((file) => {
    const bytes = contents[file];
    return [file, { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length }];
  });
  return Object.fromEntries(entries) as Manifest["files"];
}
