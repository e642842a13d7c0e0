import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runProgram } from "./run-program.mjs";
import { writeLists } from "./supply/write-lists.mjs";

/**
 * @typedef {object} Tarball
 * @property {string} name   the package's name
 * @property {string} file   where its tarball is
 * @property {number} bytes
 * @property {readonly string[]} contents  the paths in it
 */

/**
 * Packs every package that would be published, exactly as `npm publish` would.
 *
 * @param {string} folder  receives the tarballs
 * @returns {Promise<Tarball[]>}
 */
export async function packPackages(folder) {
  const folders = publicPackages();
  for (const folder of folders) writeLists(folder);
  const workspaces = folders.flatMap((folder) => ["--workspace", folder]);
  const { code, stdout, output } = await runProgram("npm", [
    "pack",
    ...workspaces,
    "--pack-destination",
    folder,
    "--json",
    "--loglevel=error",
  ]);
  if (code !== 0) throw new Error(`npm pack failed:\n${output}`);
  /** @type {{ name: string, filename: string, size: number, files: { path: string }[] }[]} */
  const packed = Object.values(JSON.parse(stdout));
  return packed.map(({ name, filename, size, files }) => ({
    name,
    file: join(folder, filename),
    bytes: size,
    contents: files.map(({ path }) => path),
  }));
}

/** The folders of packages that would be published. */
export function publicPackages() {
  const folders = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  return folders.filter((folder) => {
    const manifest = join(root, folder, "package.json");
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).private !== true;
  });
}
