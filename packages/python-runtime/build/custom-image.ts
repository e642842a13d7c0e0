import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bakeImage } from "../src/bake/bake-image.js";
import { openImageFolder } from "../src/image/load.js";
import { imageFiles } from "../src/image/manifest.js";
import { node } from "../src/platform/node.js";

export interface CustomImageOptions {
  readonly base: string;
  readonly out: string | undefined;
  readonly preload: readonly string[];
  /** Folders as `pip install --target` fills them. */
  readonly packages: readonly string[];
  readonly hashSeed: string | undefined;
}

export async function buildCustomImage({
  base,
  out,
  preload,
  packages,
  hashSeed,
}: CustomImageOptions): Promise<void> {
  if (!out) throw new Error("Name a folder for the image: --out DIR");
  const files = new Map((await Promise.all(packages.map(readPackages))).flat());
  const baked = await bakeImage(node, {
    base: await openImageFolder(node, pathToFileURL(`${base}/`)),
    files,
    preload,
    ...(hashSeed !== undefined && { hashSeed: parseHashSeed(hashSeed) }),
  });
  const next = `${out}.${process.pid}`;
  await mkdir(next, { recursive: true });
  for (const file of imageFiles) await writeFile(path.join(next, file), baked.contents[file]);
  await writeFile(path.join(next, "manifest.json"), `${JSON.stringify(baked.manifest, null, 2)}\n`);
  await rm(out, { recursive: true, force: true });
  await rename(next, out);
  const { pages } = baked.manifest.memory;
  console.log(
    `› an image with ${files.size} files of yours is in ${out} (${((pages * 65_536) / 1e6).toFixed(1)} MB of memory)`,
  );
}

async function readPackages(folder: string): Promise<[string, Uint8Array][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/(^|\/)(__pycache__|bin|[^/]+\.dist-info)\//.test(path.relative(folder, file)))
    .sort();
  return Promise.all(
    files.map(
      async (file): Promise<[string, Uint8Array]> => [
        path.relative(folder, file).split(path.sep).join("/"),
        await readFile(file),
      ],
    ),
  );
}

function parseHashSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new Error(`--hash-seed takes a whole number from 0 to 4294967295, not ${text}`);
  }
  return seed;
}
