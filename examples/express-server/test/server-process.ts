/** The server as a process of its own, as it is run: built, and started with Node. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const folder = fileURLToPath(new URL("..", import.meta.url));
const prefix = "dist.test-";
const tsup = fileURLToPath(new URL("../../../node_modules/.bin/tsup", import.meta.url));

/** Beside the usual build, which somebody may be using. */
export async function buildServer(): Promise<{ readonly main: string; readonly remove: () => void }> {
  removeAbandoned();
  const built = `${prefix}${process.pid}`;
  await promisify(execFile)(tsup, ["--out-dir", built], { cwd: folder });
  return {
    main: join(folder, built, "main.js"),
    remove: () => rmSync(join(folder, built), { recursive: true, force: true }),
  };
}

/** Of tests that were killed. */
function removeAbandoned(): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    try {
      process.kill(Number(name.slice(prefix.length)), 0);
    } catch {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** All that it has said. */
  readonly lines: readonly string[];
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

export async function startProcess(
  main: string,
  values: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const environment = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", PORT: "0", ...values };
  const child = spawn(process.execPath, [main], {
    cwd: "/",
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    output.on("line", (line) => {
      lines.push(line);
      if (line.includes('"msg":"ready"')) resolve(JSON.parse(line).url);
    });
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}:\n${lines.join("\n")}`)));
  });
  return {
    url,
    child,
    lines,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, "exit");
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
