import { createForge } from "../forge/create-forge.js";
import type { Forge } from "../forge/forge.js";
import { type Colors, colorsFor } from "./colors.js";
import { onePlugin } from "./one-plugin.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

/** One thing that was looked at. `advice` is there where something should be done. */
interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice?: string;
}

const oldestNode = [20, 19] as const;

const question = `
import sys
from platform_sdk import send_output
send_output({"version": sys.version.split()[0], "sum": sum(range(10))})
`;

export async function doctorCommand(
  { json }: { readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const findings = [nodeFinding(terminal), ...(await runtimeFindings(terminal))];
  const ok = findings.every((finding) => finding.ok);
  if (json) {
    terminal.stdout.write(`${JSON.stringify({ ok, findings })}\n`);
  } else {
    const colors = colorsFor(terminal.stdout, terminal.environment);
    for (const finding of findings) terminal.stdout.write(describe(finding, colors));
  }
  return ok ? exitCodes.completed : exitCodes.failed;
}

function nodeFinding({ nodeVersion }: Terminal): Finding {
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  const ok = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  return {
    name: "Node.js",
    ok,
    found: nodeVersion,
    ...(!ok && { advice: `install Node ${oldestNode.join(".")} or a later one` }),
  };
}

async function runtimeFindings(terminal: Terminal): Promise<Finding[]> {
  const started = performance.now();
  const warnings: string[] = [];
  try {
    await using forge = await createForge({ ...onePlugin(terminal), warn: (line) => warnings.push(line) });
    const opened = performance.now();
    const python = await askPython(forge, terminal.signal);
    return [
      {
        name: "Interpreter",
        ok: true,
        found: `${forge.runtime.name}, image ${forge.runtime.imageHash.slice(0, 12)}`,
        ...(warnings.length > 0 && { advice: warnings.join(" ") }),
      },
      {
        name: "A plugin's run",
        ok: python.ok,
        found: `${python.found}; ready after ${toMs(opened - started)}, ran in ${toMs(performance.now() - opened)}`,
      },
    ];
  } catch (error) {
    return [{ name: "Interpreter", ok: false, found: "none", advice: messageOf(error) }];
  }
}

async function askPython(forge: Forge, signal: AbortSignal): Promise<{ ok: boolean; found: string }> {
  const outcome = await forge.run({ name: "doctor", source: question }, { signal });
  const answer = outcome.outputs[0];
  if (outcome.status === "completed" && answer?.kind === "json") {
    const { version, sum } = answer.value as { version?: unknown; sum?: unknown };
    return { ok: sum === 45, found: `Python ${version}` };
  }
  return { ok: false, found: `it ${outcome.status} where it should have completed` };
}

function describe({ name, ok, found, advice }: Finding, colors: Colors): string {
  const sign = ok ? (advice === undefined ? colors.green("✓") : colors.yellow("!")) : colors.red("✗");
  return `${sign} ${colors.bold(name)}: ${found}\n${advice === undefined ? "" : `  ${advice}\n`}`;
}

function toMs(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
