import { type ModelInfo, normalizeModelName, ProviderError } from "@wasmforge/bridge";
import {
  createFreshValue,
  type Fields,
  type FreshValue,
  guessCapabilities,
  type Host,
  isFields,
  openCallScope,
  toCount,
  toFields,
  toList,
  toModelKind,
  toShortText,
} from "@wasmforge/providers/toolkit";
import pLimit from "p-limit";
import { askClient, type Wire } from "./host-client.js";
import type { ResolvedOllamaOptions } from "./options.js";

const mostModels = 10_000;
const listLimits = { maxBytes: 8 * 1024 * 1024, maxValues: 500_000 };
/** License and templates are long; vocabularies are only sent to those who ask. */
const showLimits = { maxBytes: 4 * 1024 * 1024, maxValues: 100_000 };
/** So many models are looked at one by one, where the list does not say what they can do. */
const mostShown = 50;
const shownAtOnce = 4;
const learnMs = 1_000;
const listTimeoutMs = 10_000;

interface Details {
  readonly capabilities?: readonly string[];
  readonly contextLength?: number | undefined;
}

/** How a host is asked, where its breaker lets that happen. */
type Ask = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** What one host has, asked for no more often than it makes sense. */
export class HostModels {
  readonly #host: Host;
  readonly #wire: Wire;
  readonly #list: FreshValue<readonly ModelInfo[]>;
  /** By digest, or by name where the server tells none: what a model can do does not change. */
  readonly #details = new Map<string, Details>();

  constructor(
    host: Host,
    wire: Wire,
    { freshMs, ask }: Pick<ResolvedOllamaOptions, "freshMs"> & { readonly ask: Ask },
  ) {
    this.#host = host;
    this.#wire = wire;
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
    await this.#learn(entries, signal);
    return entries.map((entry) => this.#toModelInfo(entry));
  }

  /** Servers of before 2026 tell what a model can do only to those who ask for that model. */
  async #learn(entries: readonly Entry[], signal: AbortSignal): Promise<void> {
    const known = new Set(entries.map(toKey));
    for (const key of this.#details.keys()) {
      if (!known.has(key)) {
        this.#details.delete(key);
      }
    }
    const unknown = entries
      .filter((entry) => !Array.isArray(entry.fields.capabilities) && !this.#details.has(toKey(entry)))
      .slice(0, mostShown);
    // What cannot be learned soon is guessed, and asked for again with the next list: this one is worth having without it.
    const scope = openCallScope({ signal, timeLeftMs: learnMs }, this.#wire.clock);
    const limit = pLimit(shownAtOnce);
    const learn = async (entry: Entry) => {
      if (!scope.signal.aborted) {
        this.#details.set(toKey(entry), await this.#show(entry.name, scope.signal).catch(toNothingKnown));
      }
    };
    await Promise.allSettled(unknown.map((entry) => limit(learn, entry)));
    scope.close();
  }

  async #show(model: string, signal: AbortSignal): Promise<Details> {
    const answer = await askClient(this.#wire, {
      host: this.#host,
      signal,
      expected: { kind: "object", limits: showLimits },
      use: (client) => client.show({ model }),
    });
    const fields = toFields(answer);
    const info = toFields(fields.model_info);
    const architecture = toShortText(info["general.architecture"]);
    return {
      capabilities: toCapabilities(fields.capabilities),
      contextLength: toCount(info[`${architecture}.context_length`]),
    };
  }

  #toModelInfo(entry: Entry): ModelInfo {
    const { name, digest, fields } = entry;
    const details = toFields(fields.details);
    const learned = this.#details.get(toKey(entry));
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

interface Entry {
  readonly name: string;
  /** Hexadecimal, or empty. */
  readonly digest: string;
  readonly fields: Fields;
}

/** What a server refuses to tell it would refuse again. */
function toNothingKnown(error: unknown): Details {
  if (ProviderError.is(error) && !error.retryable && error.code !== "aborted") {
    return {};
  }
  throw error;
}

function toKey({ name, digest }: Entry): string {
  return digest === "" ? `name ${name}` : digest;
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

function toCapabilities(value: unknown): readonly string[] {
  return toList(value)
    .slice(0, 32)
    .flatMap((one) => toShortText(one, 40) ?? []);
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
