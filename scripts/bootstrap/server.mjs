import { join } from "node:path";
import { root, tool } from "../run-program.mjs";
import { build, filesBelow, hashFiles, isBuilt } from "./stamped-build.mjs";

const folder = join(root, "examples/express-server");

/**
 * The example server, which takes a second to build: nothing to announce.
 *
 * @type {import("./step.mjs").Step}
 */
export const serverStep = {
  isUpToDate: () => isBuilt(folder, sourcesHash()),
  run: () => build(folder, sourcesHash(), [tool("tsup"), "--silent", "--out-dir"]),
};

function sourcesHash() {
  return hashFiles([
    join(root, "package-lock.json"),
    ...["package.json", "tsup.config.ts"].map((name) => join(folder, name)),
    ...filesBelow(join(folder, "server")),
  ]);
}
