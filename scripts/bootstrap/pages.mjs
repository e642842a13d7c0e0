import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runProgram, tool } from "../run-program.mjs";
import { announce, StepFailed } from "./step.mjs";

const folder = join(root, "examples/express-server/web");
const stamp = join(folder, "dist/.sources-hash");

/**
 * The pages of the example server.
 *
 * @type {import("./step.mjs").Step}
 */
export const pagesStep = {
  isUpToDate() {
    return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash();
  },

  async run() {
    announce("building the pages of the example server (an editor comes with them; up to half a minute)");
    const hash = sourcesHash();
    const at = (/** @type {string} */ name) => join(folder, name);
    const { code, output } = await runProgram(tool("vite"), ["build", "--outDir", "dist.next"], {
      cwd: folder,
    });
    if (code !== 0) throw new StepFailed(`${output}\nBuilding the pages failed; the message is above.`);
    writeFileSync(at("dist.next/.sources-hash"), hash);
    rmSync(at("dist.old"), { recursive: true, force: true });
    if (existsSync(at("dist"))) renameSync(at("dist"), at("dist.old"));
    renameSync(at("dist.next"), at("dist"));
    rmSync(at("dist.old"), { recursive: true, force: true });
  },
};

/** Of everything that finds its way into the pages: the samples are templates, the SDK's stubs teach the editor. */
function sourcesHash() {
  const files = [
    join(root, "package-lock.json"),
    join(root, "packages/bridge/python/platform_sdk.pyi"),
    ...["package.json", "vite.config.ts", "index.html"].map((name) => join(folder, name)),
    ...filesBelow(join(folder, "public")),
    ...filesBelow(join(folder, "src")),
    ...filesBelow(join(root, "examples/plugins")),
  ];
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} path */
function filesBelow(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.ts$|\.pyc$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
