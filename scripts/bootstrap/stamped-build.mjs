import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { root, runProgram } from "../run-program.mjs";
import { StepFailed } from "./step.mjs";

// Inside the built folder, so that it goes whenever somebody else cleans or rebuilds that.
const stampName = ".sources-hash";

/**
 * Whether a folder's `dist` was made of the sources with this hash.
 *
 * @param {string} folder
 * @param {string} hash
 */
export function isBuilt(folder, hash) {
  const stamp = join(folder, "dist", stampName);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

/**
 * Builds beside `dist` and swaps at the end: an interrupted or failed build leaves the last good one in place.
 *
 * @param {string} folder
 * @param {string} hash
 * @param {readonly [program: string, ...args: string[]]} command  takes the folder to build into as its last argument
 */
export async function build(folder, hash, [program, ...args]) {
  const [dist, next, old] = /** @type {const} */ (["dist", "dist.next", "dist.old"]);
  const at = (/** @type {string} */ name) => join(folder, name);
  const { code, output } = await runProgram(program, [...args, next], { cwd: folder });
  if (code !== 0) {
    throw new StepFailed(
      `${output}\nBuilding ${relative(root, folder) || basename(folder)} failed; the message is above.`,
    );
  }
  writeFileSync(join(at(next), stampName), hash);
  rmSync(at(old), { recursive: true, force: true });
  if (existsSync(at(dist))) renameSync(at(dist), at(old));
  renameSync(at(next), at(dist));
  rmSync(at(old), { recursive: true, force: true });
}

/** @param {readonly string[]} files  their names count too */
export function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * Without tests: they are not built.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.ts$|\.pyc$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
