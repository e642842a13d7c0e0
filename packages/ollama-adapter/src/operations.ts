import { normalizeModelName, ProviderError, type QueryContext } from "@wasmforge/bridge";
import { type Host, untilAborted } from "@wasmforge/providers/toolkit";
import type { Wire } from "./host-client.js";
import type { Missing } from "./missing.js";
import type { HostModels } from "./models.js";
import { type PullProgress, pull } from "./pull.js";
import { listRunning, type RunningModel } from "./running.js";
import type { Warmth } from "./warmth.js";

/** What an operator does with the servers. Nothing that a plugin can say leads here. */
export interface Operations {
  /** Loads a model on every host that has it, so that no plugin waits for that. One after the other tells how it went. */
  preload(model: string, context?: Partial<QueryContext>): AsyncIterable<PreloadProgress>;
  /** Has every host download a model, one after the other. */
  pull(model: string, context?: Partial<QueryContext>): AsyncIterable<PullProgress>;
  /** What is in memory at this moment, on all hosts that answer. */
  running(context?: Partial<QueryContext>): Promise<readonly RunningModel[]>;
}

export interface PreloadProgress {
  readonly host: string;
  readonly status: "loading" | "loaded" | "failed";
  readonly error?: ProviderError;
}

export interface OperationsOptions {
  readonly wire: Wire;
  readonly hosts: readonly Host[];
  readonly lists: ReadonlyMap<Host, HostModels>;
  readonly warmth: Warmth;
  readonly missing: Missing;
  /** These requests belong to no run: they end when the provider does. */
  readonly closing: AbortSignal;
}

export function createOperations(options: OperationsOptions): Operations {
  const { wire, hosts, lists, warmth, missing, closing } = options;
  const untilClosed = ({ signal }: Partial<QueryContext>) =>
    signal === undefined ? closing : AbortSignal.any([signal, closing]);

  return {
    async *preload(name, context = {}) {
      const model = normalizeModelName(name);
      const signal = untilClosed(context);
      let found = false;
      for (const host of hosts) {
        const { url } = host.endpoint;
        try {
          const list = (await lists.get(host)?.get(signal)) ?? [];
          const info = list.find((one) => one.name === model);
          if (info !== undefined) {
            found = true;
            yield { host: url, status: "loading" };
            const kind = info.kind === "embedding" ? "embed" : "chat";
            await untilAborted(warmth.load(host, model, kind) ?? Promise.resolve(), signal);
            yield { host: url, status: "loaded" };
          }
        } catch (error) {
          if (!ProviderError.is(error) || signal.aborted) {
            throw error;
          }
          found = true;
          yield { host: url, status: "failed", error };
        }
      }
      if (!found) {
        throw new ProviderError("model_not_found", "no model server has this model; `pull` it first");
      }
    },

    async *pull(model, context = {}) {
      for (const host of hosts) {
        yield* pull(wire, host, model, untilClosed(context));
        lists.get(host)?.forget();
        missing.forget();
      }
    },

    async running(context = {}) {
      const signal = untilClosed(context);
      const found = await Promise.allSettled(hosts.map((host) => listRunning(wire, host, signal)));
      return found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    },
  };
}
