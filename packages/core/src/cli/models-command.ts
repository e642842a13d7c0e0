import { openProvider, type ProviderOptions } from "./provider-choice.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

export async function modelsCommand(
  options: ProviderOptions & { readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { formatModelsReport, reportModels } = await import("@wasmforge/providers");
  const provider = await openProvider(options, terminal);
  try {
    const all = await reportModels(provider, terminal.signal);
    const models = options.model
      ? all.models.filter(({ name }) => options.model?.includes(name))
      : all.models;
    const report = { ...all, models };
    terminal.stdout.write(`${options.json ? JSON.stringify(report) : formatModelsReport(report)}\n`);
    return report.health.status === "connected" ? exitCodes.completed : exitCodes.failed;
  } finally {
    await provider[Symbol.asyncDispose]?.();
  }
}
