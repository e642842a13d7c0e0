import { type ModelInfo, normalizeModelName } from "@wasmforge/bridge";
import { guessCapabilities, isFields, toList, toModelKind, toShortText } from "../toolkit/index.js";
import type { OpenaiApi } from "./api.js";
import type { ResolvedOpenaiOptions } from "./options.js";

const limits = { maxBytes: 8 * 1024 * 1024, maxValues: 500_000 };
const mostModels = 10_000;

/** What the server lists, by the name that policies use. */
export type ServerNames = ReadonlyMap<string, string>;

export async function listServerNames(api: OpenaiApi, signal: AbortSignal): Promise<ServerNames> {
  const { data } = await api.object("/models", limits, signal);
  const names = new Map<string, string>();
  for (const entry of toList(data).slice(0, mostModels)) {
    const id = isFields(entry) ? toShortText(entry.id) : undefined;
    if (id !== undefined) {
      names.set(normalizeModelName(id), id);
    }
  }
  return names;
}

/** Hosted models have no tags: the one that our names have is not theirs. */
export function toServerName(name: string, names: ServerNames | undefined): string {
  return names?.get(name) ?? name.replace(/:latest$/, "");
}

export function toModelInfos(
  names: ServerNames,
  declared: ResolvedOpenaiOptions["models"],
): readonly ModelInfo[] {
  const offered: NonNullable<typeof declared> = declared ?? [...names.values()].map((name) => ({ name }));
  const models = offered.map((model): ModelInfo => {
    const name = normalizeModelName(model.name);
    const capabilities = guessCapabilities(name);
    return {
      name,
      kind: model.kind ?? toModelKind(name, capabilities),
      description: model.description ?? "",
      available: names.has(name),
      ...(model.contextLength === undefined ? {} : { contextLength: model.contextLength }),
    };
  });
  return [...new Map(models.map((model) => [model.name, model])).values()];
}
