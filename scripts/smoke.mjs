// What a stranger gets: the packages are packed, installed into an empty folder elsewhere, and an example runs
// there with nothing of this repository within its reach.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "./pack.mjs";
import { root, runProgram } from "./run-program.mjs";

/** Each example, and what it must say. */
const examples = [
  {
    name: "embed",
    says: [/^ECHO: Summarize: long text …$/m, /wallMs: [\d.]+/, /calls: 1,/],
  },
];

/** What the installed command is asked, and what it must say. */
const commands = [
  { args: ["doctor"], says: [/Interpreter: (forged|stock), image [0-9a-f]{12}/, /A plugin's run: Python 3/] },
  {
    args: ["run", "summarize.py", "--input", "long text …", "--provider", "echo", "--json"],
    says: [/"status":"completed"/, /ECHO: .*long text …/],
  },
];

const folder = mkdtempSync(join(tmpdir(), "wasmforge-smoke-"));
try {
  await smoke();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function smoke() {
  const tarballs = await packPackages(folder);
  for (const { name, bytes } of tarballs) console.log(`packed ${name} (${(bytes / 1e6).toFixed(2)} MB)`);

  const app = join(folder, "app");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  const files = tarballs.map(({ file }) => file);
  const install = ["install", ...files, "--omit=dev", "--no-package-lock", "--no-audit", "--no-fund"];
  const installed = await runProgram("npm", install, { cwd: app });
  if (installed.code !== 0) return fail("installing the tarballs", installed.output);

  for (const { name, says } of examples) {
    cpSync(join(root, "examples", name), join(app, name), {
      recursive: true,
      filter: (path) => !/package\.json$|node_modules$|\.test\./.test(path),
    });
    const ran = await runProgram(process.execPath, ["main.mjs"], { cwd: join(app, name) });
    const unsaid = says.filter((words) => !words.test(ran.stdout));
    if (ran.code !== 0) return fail(`the example ${name} (exit code ${ran.code})`, ran.output);
    if (unsaid.length > 0)
      return fail(`the example ${name}, which does not say ${unsaid.join(", ")}`, ran.output);
    console.log(`ran ${name}`);
  }
  cpSync(join(root, "examples/plugins/summarize.py"), join(app, "summarize.py"));
  for (const { args, says } of commands) {
    const ran = await runProgram("npx", ["--no", "wasmforge", ...args], { cwd: app });
    const unsaid = says.filter((words) => !words.test(ran.stdout));
    if (ran.code !== 0 || unsaid.length > 0) {
      return fail(
        `wasmforge ${args.join(" ")} (exit code ${ran.code}, unsaid: ${unsaid.join(", ")})`,
        ran.output,
      );
    }
    console.log(`ran wasmforge ${args[0]}`);
  }
  console.log("smoke: all good");
}

/**
 * @param {string} what
 * @param {string} output
 */
function fail(what, output) {
  console.error(`${output.trimEnd()}\n\nsmoke: failed at ${what}`);
  process.exitCode = 1;
}
