import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { announce, root, runProgram, StepFailed } from "./step.mjs";

const packagesFolder = join(root, "packages");
// Inside `dist`, so that it goes whenever somebody else cleans or rebuilds that folder.
const stampName = ".sources-hash";

/** @type {import("./step.mjs").Step} */
export const packagesStep = {
  isUpToDate() {
    return packageNames().every(isBuilt);
  },

  async run() {
    const stale = packageNames().filter((name) => !isBuilt(name));
    announce(`building ${stale.join(" and ")} (bundling and types; a few seconds each)`);
    await Promise.all(stale.map(build));
  },
};

function packageNames() {
  return readdirSync(packagesFolder).filter((name) => existsSync(join(packagesFolder, name, "tsup.config.ts")));
}

/** @param {string} name */
function isBuilt(name) {
  const stamp = join(packagesFolder, name, "dist", stampName);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(name);
}

/**
 * Builds beside `dist` and swaps at the end: an interrupted or failed build leaves the last good one in place.
 *
 * @param {string} name
 */
async function build(name) {
  const folder = join(packagesFolder, name);
  const [dist, next, old] = ["dist", "dist.next", "dist.old"].map((part) => join(folder, part));
  const hash = sourcesHash(name);
  const tsup = join(root, "node_modules/tsup/dist/cli-default.js");
  const code = await runProgram(process.execPath, [tsup, "--out-dir", "dist.next"], { cwd: folder, quiet: true });
  if (code !== 0) throw new StepFailed(`Building packages/${name} failed; the compiler's message is above.`);
  writeFileSync(join(next, stampName), hash);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

/** @param {string} name */
function sourcesHash(name) {
  const hash = createHash("sha256");
  const folder = join(packagesFolder, name);
  const files = [
    ...["package-lock.json", "tsconfig.base.json", "tsup.base.ts"].map((file) => join(root, file)),
    ...["package.json", "tsconfig.json", "tsup.config.ts"].map((file) => join(folder, file)),
    ...filesBelow(join(folder, "src")),
  ];
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.name.endsWith(".test.ts") ? [] : [path];
    });
}
