// Lints the packages as a stranger would get them: packed, not as they lie in the repository.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "./pack.mjs";
import { runProgram, tool } from "./run-program.mjs";

const installScripts = [
  "preinstall",
  "install",
  "postinstall",
  "prepublish",
  "preprepare",
  "prepare",
  "postprepare",
];

const folders = ["dist", "python", "guest", "image", "native", "build"];
const files = ["LICENSE", "README.md", "THIRD_PARTY.md", "package.json", "sbom.cdx.json"];

/** @param {string} path */
function belongsInPackage(path) {
  const [folder = ""] = path.split("/");
  return (folders.includes(folder) || files.includes(path)) && !/\.test\.|(^|\/)\./.test(path);
}

/** @type {string[]} */
const problems = [];
const folder = mkdtempSync(join(tmpdir(), "wasmforge-pack-"));
try {
  for (const tarball of await packPackages(folder)) {
    const { scripts = {} } = JSON.parse(
      (await runProgram("tar", ["-xzOf", tarball.file, "package/package.json"])).stdout,
    );
    for (const name of installScripts.filter((name) => name in scripts)) {
      problems.push(`${tarball.name} has an install script (${name}); installing it must run nothing.`);
    }
    for (const name of ["LICENSE", "README.md", "THIRD_PARTY.md", "sbom.cdx.json"]) {
      if (!tarball.contents.includes(name)) problems.push(`${tarball.name} ships no ${name}.`);
    }
    for (const path of tarball.contents.filter((path) => !belongsInPackage(path))) {
      problems.push(`${tarball.name} ships ${path}, which is of no use to whoever installs it.`);
    }
    for (const [command, ...args] of [
      ["publint", "run", tarball.file, "--strict"],
      ["attw", tarball.file, "--profile", "esm-only", "--no-emoji", "--format", "ascii"],
    ]) {
      const { code, output } = await runProgram(tool(/** @type {string} */ (command)), args);
      if (code !== 0) problems.push(`${tarball.name}, ${command}:\n${output}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
