import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Program, Result } from "./program.js";

/** Of the same source as the image, unpacked for building it. */
const buildPython = fileURLToPath(new URL("../../.cache/python/toolchain/python3.13", import.meta.url));
const script = fileURLToPath(new URL("native.py", import.meta.url));

export const whereNativeIs =
  "There is no native Python 3.13 here. Building the image unpacks one into .cache/python: remove " +
  "packages/python-runtime/image and run `npm run build:python`, or install a python3.13.";

/** A native Python of the image's version, or none. */
export async function findNative(): Promise<string | undefined> {
  for (const command of [buildPython, "python3.13"]) {
    if (command === buildPython && !existsSync(command)) continue;
    const version = await promisify(execFile)(command, ["--version"]).catch(() => undefined);
    if (version?.stdout.startsWith("Python 3.13.")) return command;
  }
  return undefined;
}

/** What came of each program, in order. */
export async function runNative(python: string, programs: readonly Program[]): Promise<readonly Result[]> {
  const child = spawn(python, ["-s", "-P", "-B", "-X", "utf8", script], {
    env: { PYTHONHASHSEED: "0", TZ: "UTC", LC_ALL: "C.UTF-8" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const results: Result[] = [];
  // Programs warn there; of interest is only how it ends where it should not.
  let lastSaid = "";
  child.stderr.on("data", (chunk) => {
    lastSaid = `${lastSaid}${chunk}`.slice(-1_000);
  });
  for (const { name, source } of programs) child.stdin.write(`${JSON.stringify({ name, source })}\n`);
  child.stdin.end();
  for await (const line of createInterface({ input: child.stdout })) {
    const { stdout, error } = JSON.parse(line);
    results.push({ stdout, ...(error && { error: withoutNothing(error) }) });
  }
  if (results.length !== programs.length) {
    throw new Error(`the native Python ended at ${programs[results.length]?.name}: ${lastSaid}`);
  }
  return results;
}

function withoutNothing({ type, message, line }: NonNullable<Result["error"]> & { line?: number | null }) {
  return { type, message, ...(line !== null && line !== undefined && { line }) };
}
