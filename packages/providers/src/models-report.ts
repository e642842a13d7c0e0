import { type ModelInfo, type Provider, ProviderError, type ProviderHealth } from "@wasmforge/bridge";
import { toLogText } from "./toolkit/index.js";

/** What an operator wants to know of the models that a host app has. */
export interface ModelsReport {
  readonly provider: string;
  readonly health: ProviderHealth;
  readonly models: readonly ModelInfo[];
  /** Why there is no list of models. */
  readonly problem?: string;
}

/** Asks a provider what it has and how it does. What does not answer is part of the report. */
export async function reportModels(
  provider: Provider,
  signal: AbortSignal = new AbortController().signal,
): Promise<ModelsReport> {
  const [health, listed] = await Promise.all([
    provider.health({ signal }),
    provider.models({ signal }).then(
      (models) => ({ models }),
      (error: unknown) => {
        if (signal.aborted) {
          throw error;
        }
        return { models: [], problem: ProviderError.is(error) ? error.message : "the provider is broken" };
      },
    ),
  ]);
  return { provider: provider.name, health, ...listed };
}

/** The report as lines for a terminal. What servers say in it is cleaned. */
export function formatModelsReport({ provider, health, models, problem }: ModelsReport): string {
  const { status, url, message } = health;
  const head = `${provider}: ${status}${url === undefined ? "" : ` at ${url}`} (${toLogText(message)})`;
  const rows = models.map((model) => [
    toLogText(model.name, 80),
    model.kind,
    model.available ? "available" : "not available",
    model.contextLength === undefined ? "" : `${model.contextLength} tokens`,
    model.digest === undefined ? "" : model.digest.replace(/^sha256:/, "").slice(0, 12),
    toLogText([model.description, model.notice].filter(Boolean).join("; "), 200),
  ]);
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, column) => Math.max(cell.length, most[column] ?? 0)),
    [],
  );
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    return `  ${cells.filter((_, column) => widths[column] !== 0).join("  ")}`.trimEnd();
  });
  const none = models.length === 0 ? [`  no models${problem === undefined ? "" : `: ${problem}`}`] : [];
  return [head, ...lines, ...none].join("\n");
}
