import { type ModelInfo, normalizeModelName, type Provider } from "@wasmforge/bridge";
import { openProvider, type ProviderOptions } from "./provider-choice.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";

/** Ends well where the server is, and has all that was named, be it in a registry. */
export async function modelsCommand(
  options: ProviderOptions & { readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { formatModelsReport, reportModels } = await import("@wasmforge/providers");
  const provider = await openProvider(options, terminal);
  try {
    const all = await reportModels(provider, terminal.signal);
    const models = options.model?.map((name) => named(name, all.models, provider)) ?? all.models;
    const report = { ...all, models };
    terminal.stdout.write(`${options.json ? JSON.stringify(report) : formatModelsReport(report)}\n`);
    const isWell = report.health.status === "connected" && report.problem === undefined;
    const isNamed = options.model !== undefined || options.registry !== undefined;
    const hasAll = !isNamed || models.every(({ available }) => available);
    return isWell && hasAll ? exitCodes.completed : exitCodes.failed;
  } finally {
    await provider[Symbol.asyncDispose]?.();
  }
}

function named(given: string, listed: readonly ModelInfo[], { anyModel }: Provider): ModelInfo {
  const name = normalizeModelName(given);
  return (
    listed.find((model) => normalizeModelName(model.name) === name) ?? {
      name,
      kind: "text",
      description: "",
      available: anyModel ?? false,
      ...(anyModel ? {} : { notice: "nobody here lists it" }),
    }
  );
}
