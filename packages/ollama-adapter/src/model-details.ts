import { ProviderError } from "@wasmforge/bridge";
import {
  type Host,
  openCallScope,
  toCount,
  toFields,
  toList,
  toShortText,
} from "@wasmforge/providers/toolkit";
import pLimit from "p-limit";
import { askClient, type Wire } from "./host-client.js";

/** License and templates are long; vocabularies are only sent to those who ask. */
const limits = { maxBytes: 4 * 1024 * 1024, maxValues: 100_000 };
/** So many models are looked at one by one for one list. */
const mostAsked = 50;
const askedAtOnce = 4;
const patienceMs = 1_000;

export interface Named {
  readonly name: string;
  /** Hexadecimal, or empty. */
  readonly digest: string;
}

interface Details {
  readonly capabilities?: readonly string[];
  readonly contextLength?: number | undefined;
}

/** What a host says only of one model at a time: servers of before 2026 do not say in their list what models can do. */
export class ModelDetails {
  readonly #host: Host;
  readonly #wire: Wire;
  /** By digest, or by name where the server tells none: what a model can do does not change. */
  readonly #known = new Map<string, Details>();

  constructor(host: Host, wire: Wire) {
    this.#host = host;
    this.#wire = wire;
  }

  of(model: Named): Details | undefined {
    return this.#known.get(toKey(model));
  }

  /** What cannot be learned soon is asked for again with the next list: a list is worth having without it. */
  async learn(models: readonly Named[], signal: AbortSignal): Promise<void> {
    const listed = new Set(models.map(toKey));
    for (const key of this.#known.keys()) {
      if (!listed.has(key)) {
        this.#known.delete(key);
      }
    }
    const scope = openCallScope({ signal, timeLeftMs: patienceMs }, this.#wire.clock);
    const limit = pLimit(askedAtOnce);
    const learn = async (model: Named) => {
      if (!scope.signal.aborted) {
        this.#known.set(toKey(model), await this.#ask(model.name, scope.signal).catch(toNothingKnown));
      }
    };
    const unknown = models.filter((model) => this.of(model) === undefined).slice(0, mostAsked);
    await Promise.allSettled(unknown.map((model) => limit(learn, model)));
    scope.close();
  }

  async #ask(model: string, signal: AbortSignal): Promise<Details> {
    const answer = await askClient(this.#wire, {
      host: this.#host,
      signal,
      expected: { kind: "object", limits },
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
}

export function toCapabilities(value: unknown): readonly string[] {
  return toList(value)
    .slice(0, 32)
    .flatMap((one) => toShortText(one, 40) ?? []);
}

/** What a server refuses to tell it would refuse again. */
function toNothingKnown(error: unknown): Details {
  if (ProviderError.is(error) && !error.retryable && error.code !== "aborted") {
    return {};
  }
  throw error;
}

function toKey({ name, digest }: Named): string {
  return digest === "" ? `name ${name}` : digest;
}
