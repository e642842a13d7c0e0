import { type ModelInfo, normalizeModelName } from "@wasmforge/bridge";
import {
  createFreshValue,
  type Fields,
  type FreshValue,
  guessCapabilities,
  type Host,
  isFields,
  toCount,
  toFields,
  toList,
  toModelKind,
  toShortText,
} from "@wasmforge/providers/toolkit";
import { askClient, type Wire } from "./host-client.js";
import { ModelDetails, type Named, toCapabilities } from "./model-details.js";
import type { ResolvedOllamaOptions } from "./options.js";

const mostModels = 10_000;
const listLimits = { maxBytes: 8 * 1024 * 1024, maxValues: 500_000 };
const listTimeoutMs = 10_000;

/** How a host is asked, where its breaker lets that happen. */
type Ask = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** What one host has, asked for no more often than it makes sense. */
export class HostModels {
  readonly #host: Host;
  readonly #wire: Wire;
  readonly #list: FreshValue<readonly ModelInfo[]>;
  readonly #details: ModelDetails;

  constructor(
    host: Host,
    wire: Wire,
    { freshMs, ask }: Pick<ResolvedOllamaOptions, "freshMs"> & { readonly ask: Ask },
  ) {
    this.#host = host;
    this.#wire = wire;
    this.#details = new ModelDetails(host, wire);
    this.#list = createFreshValue({
      load: (signal) => ask(signal, () => this.#load(signal)),
      keepMs: freshMs,
      timeoutMs: listTimeoutMs,
      clock: wire.clock,
    });
  }

  get(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    return this.#list.get(signal);
  }

  forget(): void {
    this.#list.forget();
  }

  close(...args: Parameters<FreshValue<unknown>["close"]>): void {
    this.#list.close(...args);
  }

  async #load(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const answer = await askClient(this.#wire, {
      host: this.#host,
      signal,
      expected: { kind: "object", limits: listLimits },
      use: (client) => client.list(),
    });
    const entries = toEntries(toList(toFields(answer).models));
    const isSaid = ({ fields }: Entry) => Array.isArray(fields.capabilities);
    await this.#details.learn(
      entries.filter((entry) => !isSaid(entry)),
      signal,
    );
    return entries.map((entry) => this.#toModelInfo(entry));
  }

  #toModelInfo(entry: Entry): ModelInfo {
    const { name, digest, fields } = entry;
    const details = toFields(fields.details);
    const learned = this.#details.of(entry);
    const capabilities = Array.isArray(fields.capabilities)
      ? toCapabilities(fields.capabilities)
      : (learned?.capabilities ?? guessCapabilities(name, toShortText(details.family)));
    const contextLength = toCount(details.context_length) ?? learned?.contextLength;
    const isRemote = toShortText(fields.remote_host) !== undefined;
    return {
      name,
      kind: toModelKind(name, capabilities),
      description: describe(details),
      available: true,
      capabilities,
      ...(digest === "" ? {} : { digest: `sha256:${digest}` }),
      ...(contextLength === undefined ? {} : { contextLength }),
      ...(isRemote ? { notice: "it does not run on this server: prompts are sent on to another one" } : {}),
    };
  }
}

interface Entry extends Named {
  readonly fields: Fields;
}

/** Whatever is no model is left out; the rest of the list is good. */
function toEntries(list: readonly unknown[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const fields of list.slice(0, mostModels)) {
    const name = isFields(fields) ? toShortText(fields.name ?? fields.model) : undefined;
    if (isFields(fields) && name !== undefined) {
      const digest = toShortText(fields.digest)?.replace(/^sha256:/, "") ?? "";
      const normalized = normalizeModelName(name);
      entries.set(normalized, {
        name: normalized,
        digest: /^[0-9a-f]{12,64}$/.test(digest) ? digest : "",
        fields,
      });
    }
  }
  return [...entries.values()];
}

function describe(details: Fields): string {
  return [details.family, details.parameter_size, details.quantization_level]
    .flatMap((value) => toShortText(value, 40) ?? [])
    .join(", ");
}

/** What all hosts have together. Weights that are not the same everywhere have no digest. */
export function joinLists(lists: readonly (readonly ModelInfo[])[]): readonly ModelInfo[] {
  const models = new Map<string, ModelInfo>();
  for (const model of lists.flat()) {
    const other = models.get(model.name);
    if (other === undefined) {
      models.set(model.name, model);
    } else if (other.digest !== model.digest) {
      const { digest: _, ...rest } = other;
      models.set(model.name, { ...rest, notice: "not all servers have the same weights under this name" });
    }
  }
  return [...models.values()];
}
