#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runTokenCommand, tokenUsage } from "./commands/token-command.js";
import { ConfigurationError, describeConfiguration, loadConfiguration } from "./configuration/index.js";
import { greet } from "./lifecycle/greeting.js";
import { onSignals } from "./lifecycle/on-signals.js";
import { createLogDestination, createTerminalDestination, toLogger } from "./observability/index.js";
import { Problem } from "./problem.js";
import { createServer } from "./server.js";

const usage = `Usage:
  server                  starts the server
${tokenUsage}

The configuration is read from the environment and from .env, or the file that CONFIG_FILE names.
`;

async function main(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      user: { type: "string" },
      label: { type: "string" },
      scopes: { type: "string" },
      days: { type: "string" },
    },
  });
  const [command = "serve", ...rest] = positionals;
  if (values.help || !["serve", "token"].includes(command)) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const configuration = loadConfiguration(process.env, process.cwd());
  if (command === "token") {
    await runTokenCommand(configuration, rest, values, (line) => process.stdout.write(`${line}\n`));
  } else {
    await serve(configuration);
  }
  return 0;
}

async function serve(configuration: ReturnType<typeof loadConfiguration>): Promise<void> {
  const isForPeople = (configuration.logFormat ?? (process.stdout.isTTY ? "text" : "json")) === "text";
  const write = (text: string) => void process.stdout.write(text);
  const destination = isForPeople ? createTerminalDestination(write) : createLogDestination();
  const log = toLogger(configuration.logLevel ?? (isForPeople ? "warn" : "info"), destination);
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  log.info({ configuration: describeConfiguration(configuration) }, "starting");
  const stopped = onSignals(log);
  const server = await createServer(configuration, { log, version });
  const { url } = server;
  const { models } = server.services;
  log.info({ url, models: models.choice }, "ready");
  log.flush();
  if (isForPeople) greet({ url, configuration, models, write });
  await stopped;
  await server[Symbol.asyncDispose]();
  log.info("stopped");
}

/** A sentence for whoever started this; a stack only for what nobody foresaw. */
function explain(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof ConfigurationError || error instanceof Problem)
    return { text: error.message, code: 2 };
  if (isMisuse(error)) return { text: `${error.message}\n\n${usage}`, code: 2 };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}

function isMisuse(error: unknown): error is Error {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return error instanceof Error && typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
