/** From the recipe to an image: each stage in turn, and the result put in its place in one move. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { imageFiles, parseManifest } from "../src/image/manifest.js";
import { train } from "./profile/train.js";
import { binaryPackages, sourceDateEpoch, sources } from "./recipe.js";
import { hashOf, type Stage, stage } from "./stage.js";
import { writeImage } from "./steps/image.js";
import {
  buildInterpreter,
  configureInterpreter,
  type Flavour,
  type InterpreterInputs,
} from "./steps/interpreter.js";
import { buildLibraries } from "./steps/libraries.js";
import { packLibrary } from "./steps/library.js";
import { linkModule } from "./steps/module.js";
import { fetchPackages, inputHashes, installTools } from "./steps/packages.js";
import { unpackSources } from "./steps/sources.js";
import { makeToolchain } from "./steps/toolchain.js";

const packageFolder = path.resolve(import.meta.dirname, "..");
const sdkFolder = path.resolve(packageFolder, "../bridge/python");
const profileFile = path.join(packageFolder, "build", "profile", "interpreter.profdata.br");
const defaultWork = path.resolve(packageFolder, "../../.cache/python");

export const imageFolder = path.join(packageFolder, "image");

export async function isCurrent(folder: string): Promise<boolean> {
  const text = await readFile(path.join(folder, "manifest.json"), "utf8").catch(() => "");
  const manifest = parseManifest(text && JSON.parse(text));
  if (!manifest || manifest.recipe !== hashOf([await recipeHash()])) return false;
  const sizes = await Promise.all(
    imageFiles.map((file) =>
      stat(path.join(folder, file)).then(
        (found) => found.size,
        () => -1,
      ),
    ),
  );
  return imageFiles.every((file, index) => manifest.files[file].bytes === sizes[index]);
}

export interface BuildOptions {
  readonly work?: string;
  readonly without?: readonly string[];
}

export async function buildImage(
  folder: string,
  { work = defaultWork, without = [] }: BuildOptions = {},
): Promise<void> {
  // Read before anything is built: a change made meanwhile must make the image out of date.
  const recipe = hashOf([await recipeHash(), ...without]);
  const inputs = await prepare(work);
  const profile = await unpackProfile(work);
  const { module, library } = await compile(inputs, {
    name: "interpreter",
    profile: { file: path.join(profile.folder, "interpreter.profdata"), hash: profile.key },
    without,
  });
  await removeUnfinished(folder);
  const next = `${folder}.${randomUUID()}`;
  await mkdir(next, { recursive: true });
  try {
    await writeImage(next, {
      moduleFile: path.join(module.folder, "module.wasm"),
      libraryFile: path.join(library.folder, "library.bin"),
      about: {
        python: "3.13.5",
        recipe,
        inputs: await inputHashes(inputs.packages.folder),
        tools: { compiler: inputs.toolchain.compilerVersion },
        licences: licences(),
        fixes: fixes(),
      },
    });
    await rm(folder, { recursive: true, force: true });
    await rename(next, folder);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** What builds that were killed have left beside the image. */
async function removeUnfinished(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const unfinished = new RegExp(`^${path.basename(folder)}\\.[0-9a-f-]{36}$`);
  for (const name of await readdir(parent).catch(() => [])) {
    if (unfinished.test(name)) await rm(path.join(parent, name), { recursive: true });
  }
}

/** Keeps the profile compressed beside the workload that it comes from. */
export async function trainProfile(work = defaultWork): Promise<void> {
  const inputs = await prepare(work);
  const { module, library } = await compile(inputs, { name: "training" });
  const measured = path.join(module.folder, "interpreter.profdata");
  await train({
    moduleFile: path.join(module.folder, "module.wasm"),
    libraryFile: path.join(library.folder, "library.bin"),
    workloadFile: path.join(packageFolder, "build", "profile", "workload.py"),
    profileFile: measured,
    work: module.folder,
  });
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24 };
  await writeFile(profileFile, brotliCompressSync(await readFile(measured), { params }));
}

interface Prepared extends InterpreterInputs {
  readonly packages: Stage;
}

async function prepare(work: string): Promise<Prepared> {
  await installTools(work);
  const packages = await fetchPackages(work);
  const toolchain = await makeToolchain(work, packages, sourceDateEpoch);
  const unpacked = await unpackSources(work, packages, path.join(packageFolder, "build"));
  const libraries = await buildLibraries(work, toolchain, unpacked.libraries);
  return { work, packages, toolchain, sources: unpacked.python, libraries };
}

async function compile(inputs: Prepared, flavour: Flavour): Promise<{ module: Stage; library: Stage }> {
  const configured = await configureInterpreter(inputs);
  const interpreter = await buildInterpreter(inputs, configured, flavour);
  const module = await linkModule({ ...inputs, interpreter, packageFolder });
  return { module, library: await packLibrary({ ...inputs, packageFolder, sdkFolder }) };
}

async function unpackProfile(work: string): Promise<Stage> {
  const compressed = await readFile(profileFile);
  return stage({
    name: "profile",
    saying: "unpacking the profile",
    work,
    dependsOn: [compressed.toString("base64")],
    make: (folder) => writeFile(path.join(folder, "interpreter.profdata"), brotliDecompressSync(compressed)),
  });
}

/** Over every file that has a say in what the image is. */
async function recipeHash(): Promise<string> {
  const folders = ["build", "native", "guest", "src/bake", "src/forged", "src/image", "src/wasi"].map(
    (name) => path.join(packageFolder, name),
  );
  const texts: string[] = [];
  for (const folder of [...folders, sdkFolder]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && !/\.test\.ts$|\.pyc$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) texts.push(path.relative(packageFolder, file), await readFile(file, "base64"));
  }
  return hashOf(texts);
}

function licences(): Record<string, string> {
  const own = Object.values(sources).map((source) => [source.package, source.licence] as const);
  const linked = binaryPackages.flatMap((each) =>
    "licence" in each ? [[each.name, each.licence] as const] : [],
  );
  return Object.fromEntries([...own, ...linked]);
}

function fixes(): Record<string, readonly string[]> {
  const fixed = Object.values(sources).filter((source) => source.fixes.length > 0);
  return Object.fromEntries(fixed.map((source) => [source.package, source.fixes]));
}
