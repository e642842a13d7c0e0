import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runProgram } from "../run-program.mjs";
import { announce, StepFailed } from "./step.mjs";

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockEntry
 * @typedef {Record<string, LockEntry>} Lock  by the folder that a package is installed in
 */

/** @type {import("./step.mjs").Step} */
export const dependenciesStep = {
  isUpToDate() {
    const wanted = readLock("package-lock.json");
    // npm writes this record last, so an interrupted installation has none, or the one from before.
    const installed = readLock("node_modules/.package-lock.json");
    return wanted !== undefined && installed !== undefined && isInstalled(wanted, installed);
  },

  async run() {
    announce("installing dependencies from the npm registry (a few hundred packages; up to a minute)");
    // Not `npm ci`: it refuses a lock without the binaries of platforms that a registry does not carry, and it
    // empties `node_modules` under whatever is running. That the lock was obeyed is seen below.
    const { code } = await runProgram("npm", ["install", "--no-save"], { show: "always" });
    if (code !== 0) {
      throw new StepFailed(
        "Installing the dependencies failed; npm's message is above. Check the network and run the command again.",
      );
    }
    if (!dependenciesStep.isUpToDate()) {
      throw new StepFailed(
        "A package.json asks for what package-lock.json does not have. Run `npm install` and commit the lock file.",
      );
    }
  },
};

/**
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function isInstalled(wanted, installed) {
  for (const [folder, entry] of Object.entries(wanted)) {
    if (!folder.includes("node_modules/")) continue;
    const found = installed[folder];
    // Optional packages are mostly those of other platforms.
    if (found === undefined && (entry.optional || entry.devOptional)) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) return false;
    if (found?.link !== entry.link) return false;
  }
  return Object.keys(installed).every((folder) => folder in wanted);
}

/**
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return undefined;
  }
}
