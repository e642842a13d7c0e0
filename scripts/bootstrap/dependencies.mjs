import { readFileSync } from "node:fs";
import { join } from "node:path";
import { announce, root, runProgram, StepFailed } from "./step.mjs";

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockEntry */

/** @type {import("./step.mjs").Step} */
export const dependenciesStep = {
  isUpToDate() {
    const wanted = readLock("package-lock.json");
    // npm writes this record last, so an interrupted installation has none, or the one from before.
    const installed = readLock("node_modules/.package-lock.json");
    return wanted !== undefined && installed !== undefined && isInstalled(wanted, installed);
  },

  async run() {
    announce("installing dependencies (about 230 packages from the npm registry; usually under a minute)");
    const code = await runProgram("npm", ["ci"]);
    if (code !== 0) {
      throw new StepFailed(
        "Installing the dependencies failed; npm's message is above. Check the network and run the command again.",
      );
    }
  },
};

/**
 * @param {Record<string, LockEntry>} wanted
 * @param {Record<string, LockEntry>} installed
 */
function isInstalled(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith("node_modules/") && !path.includes("/node_modules/")) continue;
    const found = installed[path];
    // Optional packages are those of other platforms.
    if (found === undefined && (entry.optional || entry.devOptional)) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) return false;
  }
  return Object.keys(installed).every((path) => path in wanted);
}

/**
 * @param {string} path
 * @returns {Record<string, LockEntry> | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    return undefined;
  }
}
