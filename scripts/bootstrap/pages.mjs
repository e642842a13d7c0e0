import { join } from "node:path";
import { root, tool } from "../run-program.mjs";
import { build, filesBelow, hashFiles, isBuilt } from "./stamped-build.mjs";
import { announce } from "./step.mjs";

const folder = join(root, "examples/express-server/web");

/**
 * The pages of the example server.
 *
 * @type {import("./step.mjs").Step}
 */
export const pagesStep = {
  isUpToDate: () => isBuilt(folder, sourcesHash()),

  async run() {
    announce("building the pages of the example server (an editor comes with them; up to half a minute)");
    await build(folder, sourcesHash(), [tool("vite"), "build", "--outDir"]);
  },
};

/** Of everything that finds its way into the pages: the samples are templates, the SDK's stubs teach the editor. */
function sourcesHash() {
  return hashFiles([
    join(root, "package-lock.json"),
    join(root, "packages/bridge/python/platform_sdk.pyi"),
    ...["package.json", "vite.config.ts", "index.html"].map((name) => join(folder, name)),
    ...filesBelow(join(folder, "public")),
    ...filesBelow(join(folder, "src")),
    ...filesBelow(join(root, "examples/plugins")),
  ]);
}
