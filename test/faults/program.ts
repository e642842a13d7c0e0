/** A host program in a process of its own, which the operating system may hold to less than tests need. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface ProgramEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const programs = fileURLToPath(new URL("./programs/", import.meta.url));
/** Far more than any of them takes. */
const patienceMs = 180_000;

/**
 * @param limits for the shell's `ulimit`, such as `-n 64`
 * @param file in `programs/`; it sees the packages as they were built
 */
export function runProgram(
  file: string,
  { limits = [], args = [] }: { readonly limits?: readonly string[]; readonly args?: readonly string[] } = {},
): Promise<ProgramEnd> {
  const commands = [...limits.map((limit) => `ulimit ${limit}`), 'exec "$0" "$@"'];
  return new Promise((resolve) => {
    execFile(
      "/bin/sh",
      ["-c", commands.join(" && "), process.execPath, `${programs}${file}`, ...args],
      { timeout: patienceMs, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        resolve({
          code: error === null ? 0 : typeof error.code === "number" ? error.code : -1,
          stdout,
          stderr,
        });
      },
    );
  });
}
