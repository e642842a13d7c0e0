import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * @typedef {object} ProgramEnd
 * @property {number} code    1 if a signal ended it
 * @property {string} stdout  empty if it was shown as it came
 * @property {string} output  stdout and stderr together, in order
 */

/**
 * Runs a program without blocking this process's own timers.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, show?: "always" | "never" }} [options] `always`: the output goes to the terminal as it comes
 * @returns {Promise<ProgramEnd>}
 */
export function runProgram(program, args, { cwd = root, show = "never" } = {}) {
  const stream = show === "always" ? "inherit" : "pipe";
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", stream, stream] });
    /** @type {Buffer[]} */
    const all = [];
    /** @type {Buffer[]} */
    const printed = [];
    child.stdout?.on("data", (chunk) => all.push(chunk) && printed.push(chunk));
    child.stderr?.on("data", (chunk) => all.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout: text(printed), output: text(all) }));
  });
}

/** @param {readonly Buffer[]} chunks */
function text(chunks) {
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * The path of a development tool's command.
 *
 * @param {string} name
 */
export function tool(name) {
  return join(root, "node_modules/.bin", name);
}
