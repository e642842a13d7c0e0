/** CPython's own library and tests, as unpacked by the build, in a form that threads share. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { excludedFromLibrary } from "../build/recipe.js";
import { writableTree } from "../src/wasi/index.js";

export interface SourceTree {
  readonly bytes: SharedArrayBuffer;
  readonly files: readonly { readonly path: string; readonly start: number; readonly end: number }[];
}

const defaultFolder = path.resolve(import.meta.dirname, "../../../.cache/python/sources/python/Lib");

export const whereSourcesAre =
  "CPython's tests are not here. They come with its sources, which building the image unpacks into .cache/python: " +
  "remove packages/python-runtime/image and run `npm run build:python`.";

/** Undefined where the build has not unpacked them. */
export async function readSourceTree(folder = defaultFolder): Promise<SourceTree | undefined> {
  if (!(await stat(path.join(folder, "test")).catch(() => undefined))) return undefined;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter(belongs)
    .sort();
  const contents = await Promise.all(paths.map((file) => readFile(path.join(folder, file))));
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
