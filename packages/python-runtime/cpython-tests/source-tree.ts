/** CPython's own library and tests, as unpacked by the build, in a form that threads share. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { excludedFromLibrary } from "../build/recipe.js";
import { writableTree } from "../src/wasi/index.js";

export interface SourceTree {
  readonly bytes: SharedArrayBuffer;
  readonly files: readonly { readonly path: string; readonly start: number; readonly end: number }[];
}

const work = path.resolve(import.meta.dirname, "../../../.cache/python");
/** What the image's library was compiled from: CPython's, and over it the files that we patch. */
const layers = [path.join(work, "sources/python/Lib"), path.join(work, "library/patched/Lib")];

export const whereSourcesAre =
  "CPython's tests are not here. They come with its sources, which building the image unpacks into .cache/python: " +
  "remove packages/python-runtime/image and run `npm run build:python`.";

/** Undefined where the build has not unpacked them. */
export async function readSourceTree(): Promise<SourceTree | undefined> {
  const found = new Map<string, string>();
  for (const layer of layers)
    for (const file of await list(layer)) found.set(path.relative(layer, file), file);
  const paths = [...found.keys()].filter(belongs).sort();
  if (!paths.includes("test/support/__init__.py")) return undefined;
  const contents = await Promise.all(paths.map((file) => readFile(found.get(file) ?? "")));
  const bytes = new SharedArrayBuffer(contents.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  const files = contents.map((content, index) => {
    const start = end;
    new Uint8Array(bytes).set(content, start);
    end += content.length;
    return { path: paths[index] ?? "", start, end };
  });
  return { bytes, files };
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** What the image leaves out of its library must not be found here instead, the tests themselves excepted. */
function belongs(file: string): boolean {
  const [top = "", ...below] = file.split("/");
  if (below.includes("__pycache__")) return false;
  return top === "test" || !excludedFromLibrary.has(top.replace(/\.py$/, ""));
}

const quotaBytes = 512 << 20;

/** The sources lie where the image's modules say that they come from, so that tracebacks find their lines. */
export function toGuestTree({ bytes, files }: SourceTree): ReturnType<typeof writableTree> {
  return writableTree({
    quotaBytes,
    directories: ["tmp", "work"],
    files: Object.fromEntries(
      files.map(({ path: file, start, end }) => [`lib/${file}`, new Uint8Array(bytes, start, end - start)]),
    ),
  });
}
