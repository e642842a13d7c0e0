import type { InputFile } from "@wasmforge/python-runtime";
import { createForge } from "../forge/create-forge.js";
import { type Outcome, toOutputText } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import { type Colors, colorsFor } from "./colors.js";
import { onePlugin } from "./one-plugin.js";
import { ProgressLine } from "./progress-line.js";
import { chooseProvider, type ProviderOptions } from "./provider-choice.js";
import { readBytes, readPlugin, readText } from "./read-plugin.js";
import { showOn } from "./show.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";
import { toOneLine, toTerminalText } from "./terminal-text.js";

export interface RunCommandOptions extends ProviderOptions {
  readonly input?: string;
  readonly inputFile?: string;
  readonly file?: string;
  /** In seconds. */
  readonly timeout: number;
  /** In MB. */
  readonly memory: number;
  readonly json: boolean;
}

/** The plugin's own words go to stdout as they come; everything that we say goes to stderr. */
export async function runCommand(
  path: string,
  options: RunCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const plugin = await readPlugin(path, terminal);
  const input = options.input ?? (options.inputFile ? await readText(options.inputFile, terminal) : "");
  const file = options.file === undefined ? undefined : await readInputFile(options.file, terminal);
  const { provider, ...allowed } = await chooseProvider(options, terminal);
  const wallTimeMs = Math.ceil(options.timeout * 1_000);
  await using _ = { [Symbol.asyncDispose]: async () => provider[Symbol.asyncDispose]?.() };
  await using forge = await createForge({
    providers: [provider],
    ...allowed,
    ...onePlugin(terminal),
    limits: { memoryMb: options.memory, wallTimeMs, computeMs: wallTimeMs },
  });
  const events = forge.stream(plugin, { input, signal: terminal.signal, ...(file && { file }) });
  // Awaited here: the Forge is closed when this function is left.
  return await (options.json ? showJson(events, terminal) : showAsItComes(events, plugin.name, terminal));
}

/** An answer that is only a number or JSON has no room to say so itself. */
const demoNote = "note: a demo answered call_ai by simple rules, no AI model was asked; see --provider\n";

function isOfDemo(event: RunEvent): boolean {
  return event.type === "call_finished" && event.result.provider === "demo" && event.result.ok;
}

async function showJson(events: AsyncIterable<RunEvent>, terminal: Terminal): Promise<ExitCode> {
  let hasDemo = false;
  for await (const event of events) {
    hasDemo ||= isOfDemo(event);
    if (event.type !== "outcome") continue;
    if (hasDemo) terminal.stderr.write(demoNote);
    terminal.stdout.write(`${JSON.stringify(event.outcome)}\n`);
    return exitCodes[event.outcome.status];
  }
  throw new Error("the run ended without an outcome");
}

async function showAsItComes(
  events: AsyncIterable<RunEvent>,
  name: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const toOut = showOn(terminal.stdout);
  const toErr = showOn(terminal.stderr);
  const colors = colorsFor(terminal.stderr, terminal.environment);
  using progress = new ProgressLine(terminal.stderr, `${name} is starting`);
  const tell = (text: string) => progress.around(() => terminal.stderr.write(text));

  let hasDemo = false;
  for await (const event of events) {
    hasDemo ||= isOfDemo(event);
    switch (event.type) {
      case "started":
        progress.text = `${name} is running`;
        break;
      case "stdout":
        progress.around(() => toOut(event.text));
        break;
      case "stderr":
        progress.around(() => toErr(event.text));
        break;
      case "output":
        progress.around(() => toOut(`${toOutputText([event.item])}\n`));
        break;
      case "progress":
        progress.text = `${Math.round(event.fraction * 100)} %  ${toOneLine(event.message)}`;
        break;
      case "log":
        tell(colors.dim(`${event.level}: ${toOneLine(event.message)}\n`));
        break;
      case "call_started":
        progress.text = `waiting for ${toOneLine(event.call.target ?? event.call.op)}`;
        break;
      case "call_finished":
        progress.text = `${name} is running`;
        break;
      case "call_denied":
        tell(colors.yellow(`refused ${event.call.op}: ${toOneLine(event.reason)}\n`));
        break;
      case "outcome":
        if (hasDemo) tell(colors.dim(demoNote));
        tell(epilogue(event.outcome, colors));
        return exitCodes[event.outcome.status];
    }
  }
  throw new Error("the run ended without an outcome");
}

function epilogue(outcome: Outcome, colors: Colors): string {
  switch (outcome.status) {
    case "completed":
      return "";
    case "failed":
      return colors.red(toTerminalText(outcome.error.traceback || `${outcome.error.type}\n`));
    case "stopped":
      return colors.red(`stopped (${outcome.reason}): ${toOneLine(outcome.message)}\n`);
  }
}

async function readInputFile(path: string, terminal: Terminal): Promise<InputFile> {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const { default: mime } = await import("mime");
  return {
    name,
    mediaType: mime.getType(name) ?? "application/octet-stream",
    bytes: await readBytes(path, terminal),
  };
}
