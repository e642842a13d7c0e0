import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { findPython3 } from "../machine.mjs";
import { absence, interleave, wanted } from "../rounds.mjs";
import { ratioOfMedians, Samples } from "../samples.mjs";
import { pluginArguments } from "../subjects/python3.mjs";
import { checkAnswer } from "../work/plugin.mjs";

/** @import { Bench, BenchContext } from "../types.js" */

const program = fileURLToPath(new URL("../cold-process.mjs", import.meta.url));
const bareNode = "node -e 0";
const slow = /** @type {const} */ (["pyodide fresh", "pyodide snapshot", "node:wasi stock"]);
const names = /** @type {const} */ ([
  bareNode,
  "forged tuned",
  "forged",
  "monty",
  "quickjs context",
  "python3",
  ...slow,
]);

/** @typedef {typeof names[number]} Name */

/**
 * From a process's start over its first result to its end, as whoever started it sees it.
 * @type {Bench}
 */
export const cold = async (context) => {
  const samples = new Samples();
  /** @type {string[]} */
  const notes = [];
  /** @type {Map<Name, Command>} */
  const commands = new Map();

  for (const name of wanted(names, context)) {
    context.progress(`trying ${name}`);
    try {
      const command = await commandFor(name, context);
      await timeProcess(command);
      commands.set(name, command);
    } catch (error) {
      notes.push(absence(name, error));
    }
  }

  const rounds = context.quick ? 1 : 24;
  await interleave([...commands.keys()], rounds, async (name, round) => {
    const command = commands.get(name);
    if (command === undefined || (isSlow(name) && round % 3 !== 0)) return;
    context.progress(`round ${round + 1} of ${rounds}: ${name}`);
    samples.add(name, [await timeProcess(command)]);
  });

  const rows = samples.rows("ms");
  return { rows, ratios: ratioOfMedians("forgedOverNode", rows, "forged tuned", bareNode), notes };
};

/** @param {Name} name */
function isSlow(name) {
  return slow.some((each) => each === name);
}

/**
 * @typedef {object} Command
 * @property {string} executable
 * @property {readonly string[]} args
 * @property {boolean} answers
 */

/**
 * @param {Name} name
 * @param {BenchContext} context
 * @returns {Promise<Command>}
 */
async function commandFor(name, context) {
  const node = (/** @type {string[]} */ ...args) => ({
    executable: process.execPath,
    args: [...context.nodeFlags, ...args],
  });
  switch (name) {
    case bareNode:
      return { ...node("-e", "0"), answers: false };
    case "python3": {
      const python3 = findPython3();
      if (python3 === undefined) throw new Error("there is no python3 on this machine");
      return { executable: python3.executable, args: pluginArguments, answers: true };
    }
    case "pyodide snapshot":
      return { ...node(program, name, await context.snapshotFile()), answers: true };
    default:
      return { ...node(program, name), answers: true };
  }
}

/** @param {Command} command */
async function timeProcess({ executable, args, answers }) {
  const start = performance.now();
  const child = spawn(executable, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    complaints += text;
  });
  const closed = once(child, "close");
  await once(child, "exit");
  const taken = performance.now() - start;
  const [code] = await closed;
  if (code !== 0) throw new Error(`ended with ${code}: ${complaints.slice(-500).trim()}`);
  if (answers) checkAnswer(output);
  return taken;
}
