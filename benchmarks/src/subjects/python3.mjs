import { spawnSync } from "node:child_process";
import { findPython3 } from "../machine.mjs";
import { input, python } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */

const pluginSource = `import sys\ntext = sys.argv[1]\n${python}print(answer)\n`;

/** What python3 is given to run the plugin once. */
export const pluginArguments = ["-I", "-c", pluginSource, input];

/**
 * Native Python in a process of its own; isolated from nothing but our memory.
 * @returns {Promise<Subject>}
 */
export async function open() {
  const python3 = findPython3();
  if (python3 === undefined) throw new Error("there is no python3 on this machine");
  const { executable } = python3;

  return {
    async run() {
      return execute(executable, pluginArguments);
    },
    async evaluate(source) {
      return execute(executable, ["-I", "-c", `${source}\nprint(answer)`]);
    },
  };
}

/**
 * @param {string} executable
 * @param {readonly string[]} args
 */
function execute(executable, args) {
  const { status, stdout, stderr, error } = spawnSync(executable, args, { encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr.slice(-500)}`);
  return stdout.trim();
}
