import { createForge } from "../forge/create-forge.js";
import { colorsFor } from "./colors.js";
import { onePlugin } from "./one-plugin.js";
import { readPlugin } from "./read-plugin.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";
import { toOneLine } from "./terminal-text.js";

/** Findings in the form that editors know: `file:line:column: severity: message`. */
export async function checkCommand(
  path: string,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { source } = await readPlugin(path, terminal);
  await using forge = await createForge(onePlugin(terminal));
  const report = await forge.check(source, { signal: terminal.signal });
  if (json) {
    terminal.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    const colors = colorsFor(terminal.stdout, terminal.environment);
    for (const { severity, message, line, column } of report.problems) {
      const kind = severity === "error" ? colors.red(severity) : colors.yellow(severity);
      terminal.stdout.write(`${path}:${line}:${column}: ${kind}: ${toOneLine(message)}\n`);
    }
    if (report.problems.length === 0) {
      const calls = report.estimatedCalls === 1 ? "one model call" : `${report.estimatedCalls} model calls`;
      terminal.stdout.write(`${colors.green("no problems found")}; about ${calls}\n`);
    }
  }
  return report.ok ? exitCodes.completed : exitCodes.failed;
}
