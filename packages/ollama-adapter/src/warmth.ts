import type { ProviderError } from "@wasmforge/bridge";
import { type Host, openCallScope } from "@wasmforge/providers/toolkit";
import type { ChatRequest } from "ollama/browser";
import { askClient, type Wire } from "./host-client.js";
import { type ResolvedOllamaOptions, toKeepAliveMs } from "./options.js";

/** With which request: a model for embeddings takes no chat, not even an empty one. */
export type Loading = "chat" | "embed";

/** What Ollama keeps a model for when nobody said otherwise. */
const usualKeepAliveMs = 5 * 60_000;
/** A model is taken for loaded only well within the time that it is kept. */
const sureShare = 0.8;
const limits = { maxBytes: 64 * 1024, maxValues: 1_000 };

/**
 * Which models are in which host's memory, as far as we can know.
 *
 * Ollama stops loading a model when whoever asked for it leaves. A plugin with less time than the model takes to load would
 * so start it again and again, and nobody would ever get an answer. Hence a model that is not known to be loaded is loaded
 * by a request of its own first, which ends with nobody's deadline but ours.
 */
export class Warmth {
  readonly #wire: Wire;
  readonly #options: ResolvedOllamaOptions;
  readonly #keepMs: number;
  readonly #warmUntil = new Map<Host, Map<string, number>>();
  readonly #loading = new Map<Host, Map<string, Promise<void>>>();
  readonly #closing = new AbortController();
  readonly #onEnd: () => void;

  /** `onEnd` is called when a loading is over, however it ended. */
  constructor(wire: Wire, options: ResolvedOllamaOptions, onEnd: () => void) {
    this.#wire = wire;
    this.#options = options;
    this.#onEnd = onEnd;
    const { keepAlive } = options;
    this.#keepMs = sureShare * (keepAlive === undefined ? usualKeepAliveMs : toKeepAliveMs(keepAlive));
  }

  isWarm(host: Host, model: string): boolean {
    return (this.#warmUntil.get(host)?.get(model) ?? 0) > this.#wire.clock.now();
  }

  /** The model just answered. */
  note(host: Host, model: string): void {
    at(this.#warmUntil, host).set(model, this.#wire.clock.now() + this.#keepMs);
  }

  /** Nothing is known any more, of one model or of all. */
  forget(host: Host, model?: string): void {
    if (model === undefined) {
      this.#warmUntil.delete(host);
    } else {
      this.#warmUntil.get(host)?.delete(model);
    }
  }

  isLoading(host: Host, model: string): boolean {
    return this.#loading.get(host)?.has(model) ?? false;
  }

  /** The loading of a model that is not known to be loaded. It ends with nobody's deadline but ours. */
  load(host: Host, model: string, kind: Loading): Promise<void> | undefined {
    // An empty request with `keep_alive: 0` would be the command to unload.
    if (this.#keepMs === 0 || this.isWarm(host, model)) {
      return undefined;
    }
    const loading = at(this.#loading, host);
    const running = loading.get(model) ?? this.#load(host, model, kind);
    loading.set(model, running);
    return running;
  }

  close(error: ProviderError): void {
    this.#closing.abort(error);
  }

  async #load(host: Host, model: string, kind: Loading): Promise<void> {
    const { keepAlive, loadTimeoutMs, options } = this.#options;
    const scope = openCallScope(
      { signal: this.#closing.signal, timeLeftMs: loadTimeoutMs },
      this.#wire.clock,
    );
    try {
      await askClient(this.#wire, {
        host,
        signal: scope.signal,
        expected: { kind: "object", limits },
        use: async (client) => {
          const keep = keepAlive === undefined ? {} : { keep_alive: keepAlive };
          await (kind === "embed"
            ? client.embed({ model, input: [], ...keep })
            : client.chat({
                model,
                messages: [],
                stream: false,
                ...keep,
                // Those of the calls: with another `num_ctx` the model would be loaded anew.
                options: options as NonNullable<ChatRequest["options"]>,
              }));
        },
      });
      this.note(host, model);
    } finally {
      scope.close();
      this.#loading.get(host)?.delete(model);
      this.#onEnd();
    }
  }
}

function at<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key) ?? new Map<L, V>();
  maps.set(key, known);
  return known;
}
