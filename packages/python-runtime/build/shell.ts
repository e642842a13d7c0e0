import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";

export interface ShellOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a script; what it prints goes to `build.log` in its folder, whose end is shown if it fails. */
export async function shell(script: string, { cwd, env }: ShellOptions): Promise<void> {
  const logFile = path.join(cwd, "build.log");
  const log = createWriteStream(logFile, { flags: "a" });
  const child = spawn("bash", ["-euo", "pipefail", "-c", script], {
    cwd,
    env: { ...process.env, LC_ALL: "C", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  log.end();
  await finished(log);
  if (code !== 0)
    throw new Error(
      `${firstLine(script)} failed (exit ${code})\n${await endOf(logFile)}\nWhole log: ${logFile}`,
    );
}

/** What a command prints, trimmed. */
export async function output(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (exit ${code})`);
  return text.trim();
}

async function endOf(file: string): Promise<string> {
  const lines = (await readFile(file, "utf8")).split("\n").slice(-30);
  return lines.map((line) => line.slice(0, 300)).join("\n");
}

function firstLine(script: string): string {
  return script.trim().split("\n")[0] ?? "";
}
