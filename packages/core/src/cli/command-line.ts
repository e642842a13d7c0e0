/** The `wasmforge` command: what it understands, and which exit code it ends with. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { checkCommand } from "./check-command.js";
import { doctorCommand } from "./doctor-command.js";
import { modelsCommand } from "./models-command.js";
import { type ProviderOptions, providerNames } from "./provider-choice.js";
import { type RunCommandOptions, runCommand } from "./run-command.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

/** Never rejects: whatever happens is told on the terminal. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.completed;
  const program = createProgram(terminal, version, async (work) => {
    code = await work;
  });
  try {
    await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return code;
  } catch (error) {
    // Commander has told it already; help and the version end this way too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.completed : exitCodes.misuse;
    terminal.stderr.write(`wasmforge: ${error instanceof Error ? error.message : String(error)}\n`);
    return exitCodes.misuse;
  }
}

function createProgram(
  terminal: Terminal,
  version: string,
  finish: (work: Promise<ExitCode>) => Promise<void>,
): Command {
  const program = new Command("wasmforge")
    .description("Runs Python plugins that nobody has to trust, each in a fresh, isolated interpreter.")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHelpWidth: () => terminal.stdout.columns,
      getErrHelpWidth: () => terminal.stderr.columns,
    })
    .addHelpText(
      "after",
      "\nExit codes: 0 completed, 1 failed (the plugin raised an exception, or the check found a mistake), 2 misuse, 3 stopped.",
    );

  withProvider(program.command("run"))
    .description("run a plugin and show what it prints and sends")
    .argument("<file>", "the plugin's Python source, or - for standard input")
    .addOption(new Option("-i, --input <text>", "what get_input() returns").conflicts("inputFile"))
    .option("-f, --input-file <path>", "a file whose text get_input() returns; - for standard input")
    .option("--file <path>", "a file that get_file() returns")
    .option(
      "-t, --timeout <seconds>",
      "stop the plugin after this time, waiting for models included",
      toSeconds,
      120,
    )
    .option(
      "-m, --memory <MB>",
      "the most memory for the plugin and its interpreter together",
      toMegabytes,
      128,
    )
    .option("--json", "print the outcome as one JSON object, and nothing else", false)
    .action((file: string, options: RunCommandOptions) => finish(runCommand(file, options, terminal)));

  program
    .command("check")
    .description("look for mistakes in a plugin without running it")
    .argument("<file>", "the plugin's Python source, or - for standard input")
    .option("--json", "print the report as one JSON object", false)
    .action((file: string, options: { json: boolean }) => finish(checkCommand(file, options, terminal)));

  withProvider(program.command("models"))
    .description("list the models that plugins could call, and say whether their server answers")
    .option("--json", "print them as one JSON object", false)
    .action((options: ProviderOptions & { json: boolean }) => finish(modelsCommand(options, terminal)));

  program
    .command("doctor")
    .description("say which interpreter plugins run on, whether it works, and what is missing")
    .option("--json", "print the findings as one JSON object", false)
    .action((options: { json: boolean }) => finish(doctorCommand(options, terminal)));

  return program;
}

function withProvider(command: Command): Command {
  return command
    .addOption(
      new Option("-p, --provider <name>", "who answers call_ai").choices(providerNames).default("demo"),
    )
    .option(
      "--host <url>",
      "where the model server listens; for ollama it may be given once for each server, and is OLLAMA_HOST by default",
      (url: string, before: readonly string[] = []) => [...before, url],
    )
    .option("--registry <path>", "a JSON file that gives models names of your own")
    .option("--model <name...>", "allow only these models");
}

function toSeconds(text: string): number {
  return toNumber(text, 0.001, 86_400);
}

function toMegabytes(text: string): number {
  const megabytes = toNumber(text, 1, 4_096);
  if (!Number.isInteger(megabytes)) throw new InvalidArgumentError("It must be a whole number.");
  return megabytes;
}

function toNumber(text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most)) {
    throw new InvalidArgumentError(`It must be a number between ${least} and ${most}.`);
  }
  return value;
}
