// Publishes every package whose version npm does not have yet. It is for the release workflow: only there can npm sign where
// a package comes from.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publicPackages } from "./pack.mjs";
import { root, runProgram, tool } from "./run-program.mjs";
import { writeLists } from "./supply/write-lists.mjs";

const problems = whatIsMissing();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);

for (const folder of publicPackages()) writeLists(folder);
const { code, output } = await runProgram(tool("changeset"), ["publish"]);
console.log(output);
process.exitCode = code ?? 1;

function whatIsMissing() {
  const missing = publicPackages()
    .filter((folder) => !JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")).repository)
    .map((folder) => `${folder}/package.json has no \`repository\`, which npm compares with who publishes.`);
  if (!existsSync(join(root, "packages/python-runtime/image/manifest.json"))) {
    missing.push("There is no interpreter image to publish: run `npm run build:python`.");
  }
  if (!process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    missing.push("Nobody can sign here: releases are made by .github/workflows/release.yml.");
  }
  return missing;
}
