import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { root, runProgram, tool } from "../run-program.mjs";
import { announce, StepFailed } from "./step.mjs";

const packagesFolder = join(root, "packages");
// Inside `dist`, so that it goes whenever somebody else cleans or rebuilds that folder.
const stampName = ".sources-hash";

/** @type {import("./step.mjs").Step} */
export const packagesStep = {
  isUpToDate() {
    return staleFolders(sourcesHash()).length === 0;
  },

  async run() {
    const hash = sourcesHash();
    const stale = staleFolders(hash);
    announce(
      `building ${stale.map((folder) => basename(folder)).join(", ")} (bundling and types; a few seconds)`,
    );
    await Promise.all(stale.map((folder) => build(folder, hash)));
  },
};

/** @param {string} hash */
function staleFolders(hash) {
  return packageFolders().filter((folder) => {
    const stamp = join(folder, "dist", stampName);
    return !existsSync(stamp) || readFileSync(stamp, "utf8") !== hash;
  });
}

/**
 * Builds beside `dist` and swaps at the end: an interrupted or failed build leaves the last good one in place.
 *
 * @param {string} folder
 * @param {string} hash
 */
async function build(folder, hash) {
  const [dist, next, old] = /** @type {const} */ (["dist", "dist.next", "dist.old"]);
  const at = (/** @type {string} */ name) => join(folder, name);
  const { code, output } = await runProgram(tool("tsup"), ["--out-dir", next], { cwd: folder });
  if (code !== 0)
    throw new StepFailed(`${output}\nBuilding ${relative(root, folder)} failed; the message is above.`);
  writeFileSync(join(at(next), stampName), hash);
  rmSync(at(old), { recursive: true, force: true });
  if (existsSync(at(dist))) renameSync(at(dist), at(old));
  renameSync(at(next), at(dist));
  rmSync(at(old), { recursive: true, force: true });
}

/** One hash for all: packages take types and files from each other, and building one too many costs a second. */
function sourcesHash() {
  const shared = ["package-lock.json", "tsconfig.base.json", "tsup.base.ts"].map((name) => join(root, name));
  const own = packageFolders().flatMap((folder) => [
    ...["package.json", "tsconfig.json", "tsup.config.ts"].map((name) => join(folder, name)),
    ...["src", "guest", "python"].flatMap((name) => filesBelow(join(folder, name))),
  ]);
  const hash = createHash("sha256");
  for (const file of [...shared, ...own]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function packageFolders() {
  return readdirSync(packagesFolder)
    .map((name) => join(packagesFolder, name))
    .filter((folder) => existsSync(join(folder, "tsup.config.ts")))
    .sort();
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.ts$|\.pyc$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
