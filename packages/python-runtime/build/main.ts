/**
 * `npm run build:python`: makes the interpreter image, or says why it is current.
 *
 *   (nothing)                      builds image/ if the recipe or its inputs have changed
 *   --verify                       builds again in another folder and compares the hashes
 *   --train                        measures the workload anew and keeps the profile that the compiler is guided by
 *   --out DIR [--preload A,B] [--with DIR]... [--hash-seed N]
 *                                  an image of your own, from the standard one: see docs/guide/images.md
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
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
    "hash-seed": { type: "string" },
  },
});

try {
  if (options.train) await trainProfile();
  const started = Date.now();
  if (!(await isCurrent(imageFolder))) {
    console.log("› building the Python image: CPython is compiled to WebAssembly, once");
    await buildImage(imageFolder);
    console.log(`› the Python image is built (${Math.round((Date.now() - started) / 1000)} s)`);
  }
  if (options.verify) {
    const elsewhere = await mkdtemp(path.join(tmpdir(), "wasmforge-verify-"));
    try {
      await verify(imageFolder, elsewhere);
    } finally {
      await rm(elsewhere, { recursive: true, force: true });
    }
  }
  if (options.out || options.preload || options.with) {
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
