/**
 * `npm run build:python`: makes the interpreter image, or says why it is current.
 *
 *   (nothing)                      builds image/ if the recipe or its inputs have changed
 *   --verify                       builds again in another folder and compares the hashes
 *   --train                        measures the workload anew and keeps the profile that the compiler is guided by
 *   --out DIR --without MACRO      an image whose interpreter lacks a patch, to see what it is worth
 *   --out DIR [--preload A,B] [--with DIR]... [--hash-seed N]
 *                                  an image of your own, from the standard one: see docs/guide/images.md
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { acquireLock } from "../../../scripts/bootstrap/lock.mjs";
import { buildCustomImage } from "./custom-image.js";
import { buildImage, imageFolder, isCurrent, trainProfile } from "./image.js";
import { NotPossibleHere } from "./not-possible-here.js";
import { verify } from "./verify.js";

const { values: options } = parseArgs({
  options: {
    verify: { type: "boolean" },
    train: { type: "boolean" },
    out: { type: "string" },
    preload: { type: "string" },
    with: { type: "string", multiple: true },
    without: { type: "string", multiple: true },
    "hash-seed": { type: "string" },
  },
});

try {
  if (options.train) await alone(() => trainProfile());
  if (!(await isCurrent(imageFolder))) await alone(buildOnce);
  if (options.verify) {
    const elsewhere = await mkdtemp(path.join(tmpdir(), "wasmforge-verify-"));
    try {
      await verify(imageFolder, elsewhere);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  }
  if (options.without) {
    const { out, without } = options;
    if (!out) throw new Error("Name a folder for the image: --out DIR");
    await alone(() => buildImage(out, { without }));
  } else if (options.out || options.preload || options.with) {
    await buildCustomImage({
      base: imageFolder,
      out: options.out,
      preload: options.preload?.split(",").filter(Boolean) ?? [],
      packages: options.with ?? [],
      hashSeed: options["hash-seed"],
    });
  }
} catch (error) {
  console.error(error instanceof Error ? `\n${error.message}` : error);
  process.exitCode = error instanceof NotPossibleHere ? error.exitCode : 1;
}

async function buildOnce(): Promise<void> {
  // Another process may have built it while this one waited.
  if (await isCurrent(imageFolder)) return;
  const started = Date.now();
  console.log("› building the Python image: CPython is compiled to WebAssembly, once");
  await buildImage(imageFolder);
  console.log(`› the Python image is built (${Math.round((Date.now() - started) / 1000)} s)`);
}

/** The work folder has room for one. */
async function alone(work: () => Promise<void>): Promise<void> {
  const release = await acquireLock(path.resolve(imageFolder, "../../../.cache/python.lock"));
  try {
    await work();
  } finally {
    release();
  }
}
