// Everything that can be said about the code without running it. `npm run check -- types layers` runs only those.

import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root, runProgram, tool } from "./run-program.mjs";

/** @type {Record<string, [program: string, ...args: string[]][]>} */
const checks = {
  format: [[tool("biome"), "ci", "--error-on-warnings", "--max-diagnostics=50", "--colors=off"]],
  layers: [
    [
      tool("depcruise"),
      "--config",
      "--",
      ...existing("packages", "examples", "benchmarks", "scripts", "test"),
    ],
  ],
  types: typedFolders().map((folder) => [tool("tsc"), "--pretty", "false", "--project", folder]),
  unused: [[tool("knip"), "--no-progress", "--no-config-hints"]],
  packages: [[process.execPath, "scripts/package-lint.mjs"]],
  supply: [[process.execPath, "scripts/supply/check.mjs"]],
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(", ")}. There are: ${Object.keys(checks).join(", ")}.`);
  process.exit(2);
}

const queue = Object.entries(checks)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .flatMap(([name, commands]) => commands.map((command) => ({ name, command })));

let failures = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(failures === 0 ? "check: all good" : `check: ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name, command } = next;
    const [program, ...args] = command;
    const label = name === "types" ? `types of ${args.at(-1)}` : name;
    const started = performance.now();
    const { code, output } = await runProgram(program, args);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${code === 0 ? "✓" : "✗"} ${label} (${seconds} s)`);
    if (code === 0) continue;
    failures += 1;
    console.log(`${output.trimEnd()}\n`);
  }
}

/** Every folder with a tsconfig of its own; the root's covers what has none. */
function typedFolders() {
  const inPackages = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  return [".", "benchmarks", "examples/express-server/web", ...inPackages].filter(
    (folder) => existing(`${folder}/tsconfig.json`).length > 0,
  );
}

/** @param {string[]} paths */
function existing(...paths) {
  return paths.filter((path) => existsSync(join(root, path)));
}
