import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root, tool } from "../run-program.mjs";
import { build, filesBelow, hashFiles, isBuilt } from "./stamped-build.mjs";
import { announce } from "./step.mjs";

const packagesFolder = join(root, "packages");

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
    await Promise.all(stale.map((folder) => build(folder, hash, [tool("tsup"), "--out-dir"])));
  },
};

/** @param {string} hash */
function staleFolders(hash) {
  return packageFolders().filter((folder) => !isBuilt(folder, hash));
}

/** One hash for all: packages take types and files from each other, and building one too many costs a second. */
function sourcesHash() {
  const shared = ["package-lock.json", "tsconfig.base.json", "tsup.base.ts"].map((name) => join(root, name));
  const own = packageFolders().flatMap((folder) => [
    ...["package.json", "tsconfig.json", "tsup.config.ts"].map((name) => join(folder, name)),
    ...["src", "guest", "python"].flatMap((name) => filesBelow(join(folder, name))),
  ]);
  return hashFiles([...shared, ...own]);
}

function packageFolders() {
  return readdirSync(packagesFolder)
    .map((name) => join(packagesFolder, name))
    .filter((folder) => existsSync(join(folder, "tsup.config.ts")))
    .sort();
}
