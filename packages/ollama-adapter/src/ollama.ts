import {
  type CallContext,
  type EmbedAnswer,
  type EmbedRequest,
  type GeneratePart,
  normalizeModelName,
  type Provider,
  ProviderError,
} from "@wasmforge/bridge";
import {
  createDispatcher,
  type DispatcherStatus,
  type Host,
  nodeTransport,
  parseEndpoint,
  systemClock,
  type Turn,
  toAbortError,
} from "@wasmforge/providers/toolkit";
import { chat } from "./chat.js";
import { embed } from "./embed.js";
import { askVersion, createHealth, toHealth } from "./health.js";
import type { Wire } from "./host-client.js";
import { Missing } from "./missing.js";
import { HostModels, joinLists } from "./models.js";
import { createOperations, type Operations } from "./operations.js";
import { type OllamaOptions, parseOllamaOptions } from "./options.js";
import { type Loading, Warmth } from "./warmth.js";

export interface OllamaProvider extends Provider, Operations {
  embed(request: EmbedRequest, context: CallContext): Promise<EmbedAnswer>;
  /** Which hosts are used, how much is with them, how many calls wait here. */
  status(): DispatcherStatus;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Models of one or several Ollama servers.
 *
 * ```ts
 * await using provider = ollama({ host: "http://gpu:11434" });
 * ```
 */
export function ollama(options: OllamaOptions = {}): OllamaProvider {
  const resolved = parseOllamaOptions(options);
  const endpoints = resolved.addresses.map((address) => parseEndpoint(address, resolved.headers));
  const wire: Wire = { transport: resolved.transport ?? nodeTransport(), clock: systemClock };
  const dispatcher = createDispatcher(endpoints, {
    ...resolved,
    probe: (host, signal) => askVersion(wire, host, signal),
  });
  const { hosts } = dispatcher;
  const lists = new Map(
    hosts.map((host) => [
      host,
      new HostModels(host, wire, { ...resolved, ask: (signal, work) => dispatcher.ask(host, signal, work) }),
    ]),
  );
  const warmth = new Warmth(wire, resolved, () => dispatcher.update());
  const missing = new Missing(wire.clock);
  const closing = new AbortController();
  const health = createHealth(hosts, wire, {
    keepMs: resolved.freshMs,
    onAlive: (host) => dispatcher.noteAlive(host),
  });

  /** What was known of a host is not known any more, once a call failed there. */
  const noting = (host: Host, model: string, error: unknown, begun = false): unknown => {
    const code = ProviderError.is(error) ? error.code : undefined;
    if (code === undefined || code === "overloaded" || code === "bad_request") {
      return error;
    }
    // A call that ended without an answer may have waited for a model that was thrown out.
    if (!(begun && (code === "aborted" || code === "timeout"))) {
      warmth.forget(host, code === "unavailable" ? undefined : model);
    }
    if (code !== "aborted") {
      health.forget();
      lists.get(host)?.forget();
    }
    if (code === "model_not_found" && hosts.length > 1) {
      missing.add(host, model);
    }
    return error;
  };

  /** Ollama refuses a request to think where the model cannot. */
  const thinkingOf = async ({ host, scope }: Turn, model: string) => {
    const { think } = resolved;
    if (think === undefined || think === false) {
      return think;
    }
    const list = await lists
      .get(host)
      ?.get(scope.signal)
      .catch(() => []);
    const capabilities = list?.find(({ name }) => name === model)?.capabilities;
    return capabilities === undefined || capabilities.includes("thinking") ? think : undefined;
  };

  const run = <Part>(
    model: string,
    context: CallContext,
    kind: Loading,
    send: (turn: Turn) => AsyncIterable<Part>,
  ): AsyncIterable<Part> =>
    dispatcher.run({
      context,
      rate: (host) => {
        if (missing.has(host, model)) {
          return undefined;
        }
        return warmth.isWarm(host, model) ? 0 : warmth.isLoading(host, model) ? "later" : 1;
      },
      prepare: (host) =>
        warmth.load(host, model, kind)?.catch((error: unknown) => {
          throw noting(host, model, error);
        }),
      isElsewhere: (error) => hosts.length > 1 && ProviderError.is(error) && error.code === "model_not_found",
      noHost: () => new ProviderError("model_not_found", "no model server has this model"),
      send: async function* (turn) {
        let begun = false;
        try {
          for await (const part of send(turn)) {
            begun = true;
            yield part;
          }
          warmth.note(turn.host, model);
        } catch (error) {
          throw noting(turn.host, model, error, begun);
        }
      },
    });

  return {
    version: 1,
    name: "ollama",

    generate(request, context): AsyncIterable<GeneratePart> {
      const model = normalizeModelName(request.model);
      return run(model, context, "chat", async function* (turn) {
        const think = await thinkingOf(turn, model);
        yield* chat(wire, turn, { ...request, model }, { ...resolved, think });
      });
    },

    async embed(request, context) {
      const model = normalizeModelName(request.model);
      const answers = run(model, context, "embed", async function* (turn) {
        yield await embed(wire, turn, { ...request, model }, resolved);
      });
      for await (const answer of answers) {
        return answer;
      }
      throw new ProviderError("bad_response", "the model server gave no answer");
    },

    async models({ signal }) {
      const found = await Promise.allSettled(hosts.map((host) => lists.get(host)?.get(signal) ?? []));
      if (signal.aborted) {
        throw toAbortError(signal);
      }
      const known = found.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      const failed = found.find((one) => one.status === "rejected");
      if (known.length === 0 && failed !== undefined) {
        throw failed.reason;
      }
      return joinLists(known);
    },

    health: async ({ signal }) => toHealth(await health.get(signal)),

    ...createOperations({ wire, hosts, lists, warmth, missing, closing: closing.signal }),

    status: () => dispatcher.status(),

    async [Symbol.asyncDispose]() {
      const closed = new ProviderError("unavailable", "the provider was closed");
      closing.abort(closed);
      dispatcher.close();
      health.close(closed);
      warmth.close(closed);
      for (const list of lists.values()) {
        list.close(closed);
      }
      await wire.transport[Symbol.asyncDispose]();
    },
  };
}
