import type { Configuration } from "../configuration/index.js";
import { withoutCredentials } from "../configuration/index.js";
import type { ModelSource } from "../models/index.js";
import { toOneLine } from "../observability/index.js";

export interface Greeting {
  readonly url: string;
  readonly configuration: Pick<Configuration, "models">;
  readonly models: Pick<ModelSource, "choice" | "serverFound">;
  readonly write: (text: string) => void;
}

/** What a person at a terminal is told when the server is ready; where to find it comes last. */
export function greet({ url, configuration, models, write }: Greeting): void {
  const server = withoutCredentials(configuration.models.ollamaUrl);
  const lines = [
    "",
    ...describe(models.choice, configuration.models.demo, server),
    "",
    "Stop it with Ctrl+C.",
    "",
    `WasmForge is running: ${url}`,
  ];
  write(lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join(""));
  if (models.choice.provider === "ollama") return;
  void models.serverFound.then(() =>
    write(`\n  ${server} answers: its models are used from now on, and the demonstration is out of it.\n`),
  );
}

function describe(
  { provider, reason }: ModelSource["choice"],
  demo: Configuration["models"]["demo"],
  server: string,
): readonly string[] {
  if (provider === "ollama") {
    return [`Models: Ollama at ${server}, because ${demo === "auto" ? "it answers" : reason}.`];
  }
  if (demo === "on") return [`Models: a demonstration answers in their place, because ${reason}.`];
  return [
    `Models: a demonstration answers in their place, until there is an Ollama at ${server}.`,
    `        ${toOneLine(reason)}`,
  ];
}
