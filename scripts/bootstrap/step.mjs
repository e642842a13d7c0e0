import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * @typedef {object} Step
 * @property {() => boolean} isUpToDate  cheap, and without side effects
 * @property {() => Promise<void>} run   throws `StepFailed`; may be interrupted anywhere and started again
 */

/** The message is for the person at the terminal and says what to do next. */
export class StepFailed extends Error {}

/** @param {string} line */
export function announce(line) {
  console.log(`› ${line}`);
}

/**
 * Runs a program with its output visible, without blocking this process's own timers.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, quiet?: boolean }} [options] quiet: show the output only if the program fails
 * @returns {Promise<number>} the exit code; 1 if a signal ended it
 */
export function runProgram(program, args, { cwd = root, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      shell: process.platform === "win32" && program === "npm",
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on("data", (chunk) => output.push(chunk));
    child.stderr?.on("data", (chunk) => output.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}
