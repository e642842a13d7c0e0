import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const name = "@wasmforge/python-runtime";

/**
 * This package's folder, with a slash at its end. Its sources and what is built from them lie at different depths, and a
 * bundler may have put either somewhere else. Then it is resolved by name, which takes a short program longer than a run.
 */
export function packageFolder(): URL {
  const near = ["../", "../../"].map((up) => new URL(up, import.meta.url));
  return near.find((folder) => isPackage(folder)) ?? pathToFileURL(path.dirname(manifestByName()) + path.sep);
}

function isPackage(folder: URL): boolean {
  try {
    return JSON.parse(readFileSync(new URL("package.json", folder), "utf8")).name === name;
  } catch {
    return false;
  }
}

function manifestByName(): string {
  return process
    .getBuiltinModule("node:module")
    .createRequire(import.meta.url)
    .resolve(`${name}/package.json`);
}
