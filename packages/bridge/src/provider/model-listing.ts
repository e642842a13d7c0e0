import { normalizeModelName } from "../policy/model-name.js";
import type { ModelInfo, Provider } from "./provider.js";
import { ProviderError } from "./provider-error.js";

export interface ListingTimes {
  /** How long a list is believed. */
  readonly freshMs: number;
  /** How long a provider that could not be asked is left alone. */
  readonly failedMs: number;
  /** How long a provider may take to say what it has. */
  readonly patienceMs: number;
  readonly now: () => number;
}

/** A provider's models by their normalised names; of names that it lists twice, the first. */
export type Models = ReadonlyMap<string, ModelInfo>;

/** What one provider has, asked once for everybody who wants to know, and remembered for a moment. */
export class ModelListing {
  readonly provider: Provider;
  readonly #times: ListingTimes;
  #latest: Asked | undefined;
  /** Asked again, while what is known is that the provider is away. */
  #again: Asked | undefined;

  constructor(provider: Provider, times: ListingTimes) {
    this.provider = provider;
    this.#times = times;
  }

  /**
   * Rejects with what is wrong with the provider: a list from before is not shown then. Only the first one waits to find
   * out; while a provider is away it is asked again beside the calls, and none of them waits for it.
   */
  models(): Promise<Models> {
    const latest = this.#latest;
    if (latest && this.#times.now() < latest.until) {
      return latest.models;
    }
    if (latest?.isFailed) {
      this.#again ??= this.#begin((asked) => {
        this.#latest = asked;
        this.#again = undefined;
      });
      return latest.models;
    }
    this.#latest = this.#begin();
    return this.#latest.models;
  }

  #begin(onEnd?: (asked: Asked) => void): Asked {
    const { now, freshMs, failedMs } = this.#times;
    const asked: Asked = { models: this.#ask(), until: Number.POSITIVE_INFINITY, isFailed: false };
    const end = (isFailed: boolean) => {
      asked.isFailed = isFailed;
      asked.until = now() + (isFailed ? failedMs : freshMs);
      onEnd?.(asked);
    };
    asked.models.then(
      () => end(false),
      () => end(true),
    );
    return asked;
  }

  /** With a deadline of its own: whoever asks first may leave, and the others still want to know. */
  async #ask(): Promise<Models> {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new ProviderError("timeout", "a model server does not say in time which models it has"));
        controller.abort();
      }, this.#times.patienceMs);
    });
    try {
      return toModels(await Promise.race([this.provider.models({ signal: controller.signal }), late]));
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Asked {
  readonly models: Promise<Models>;
  /** Without end as long as there is no answer. */
  until: number;
  isFailed: boolean;
}

function toModels(list: readonly ModelInfo[]): Models {
  const models = new Map<string, ModelInfo>();
  for (const model of list) {
    if (typeof model?.name !== "string") continue;
    const name = normalizeModelName(model.name);
    if (!models.has(name)) models.set(name, { ...model, name });
  }
  return models;
}
