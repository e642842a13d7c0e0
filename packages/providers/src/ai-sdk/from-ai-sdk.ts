import {
  type GeneratePart,
  type GenerateRequest,
  type ModelInfo,
  type ModelKind,
  normalizeModelName,
  type Provider,
  ProviderError,
} from "@wasmforge/bridge";
import { z } from "zod";
import {
  createDispatcher,
  type DispatchOptions,
  dispatchShape,
  guessCapabilities,
  parseOptions,
  systemClock,
  type Turn,
  toAbortError,
  toModelKind,
  untilAborted,
  watchForStall,
} from "../toolkit/index.js";
import { toCall } from "./call.js";
import { toProviderError } from "./errors.js";
import type { AiSdkModel } from "./model.js";
import { StreamReader } from "./stream-reader.js";

/** What the AI SDK does not say about its model, and how calls wait for it. */
export interface FromAiSdkOptions extends DispatchOptions {
  /** The name that plugins call it by. @default the model's own */
  readonly model?: string;
  /** @default guessed from the name */
  readonly kind?: ModelKind;
  readonly description?: string;
  /** In tokens. */
  readonly contextLength?: number;
  /** How many calls are with the model's server at the same time. @default 16 */
  readonly maxParallelPerHost?: number;
}

const schema = z.strictObject({
  ...dispatchShape,
  maxParallelPerHost: dispatchShape.maxParallelPerHost.removeDefault().default(16),
  model: z.string().min(1).optional(),
  kind: z.enum(["text", "code", "vision", "embedding"]).optional(),
  description: z.string().optional(),
  contextLength: z.int().min(1).optional(),
});

/**
 * A language model of the Vercel AI SDK.
 *
 * ```ts
 * fromAiSdk(createOpenAI({ apiKey })("gpt-4o-mini"));
 * ```
 *
 * How it connects is the model's business: give its provider a `fetch` that refuses redirects, and limits of its own.
 */
export function fromAiSdk(model: AiSdkModel, options: FromAiSdkOptions = {}): Provider {
  const resolved = parseOptions("fromAiSdk()", schema, options);
  const name = normalizeModelName(resolved.model ?? model.modelId);
  const dispatcher = createDispatcher([{ url: model.provider, headers: {} }], {
    ...resolved,
    // There is nothing to ask but the model itself.
    probe: async () => {},
  });
  const info: ModelInfo = Object.freeze({
    name,
    kind: resolved.kind ?? toModelKind(name, guessCapabilities(name)),
    description: resolved.description ?? `${model.provider} ${model.modelId}`,
    available: true,
    ...(resolved.contextLength === undefined ? {} : { contextLength: resolved.contextLength }),
  });

  return {
    version: 1,
    name: "ai-sdk",

    async *generate(request, context) {
      if (normalizeModelName(request.model) !== name) {
        throw new ProviderError("model_not_found", "this provider has another model");
      }
      yield* dispatcher.run({
        context,
        send: (turn) => attempt(model, turn, request, resolved.stallTimeoutMs),
      });
    },

    async models({ signal }) {
      if (signal.aborted) {
        throw toAbortError(signal);
      }
      return [info];
    },

    async health({ signal }) {
      if (signal.aborted) {
        throw toAbortError(signal);
      }
      const [host] = dispatcher.status().hosts;
      return host?.state === "closed"
        ? { status: "connected", message: "not asked: a model of the AI SDK can only be called" }
        : { status: "disconnected", message: "could not be reached when it was called last" };
    },

    async [Symbol.asyncDispose]() {
      dispatcher.close();
    },
  };
}

async function* attempt(
  model: AiSdkModel,
  { scope, queueMs }: Turn,
  request: GenerateRequest,
  stallTimeoutMs: number,
): AsyncGenerator<GeneratePart, void, undefined> {
  const { signal } = scope;
  const answer = new StreamReader(request, queueMs);
  let reader: ReadableStreamDefaultReader<unknown> | undefined;
  let watch: ReturnType<typeof watchForStall> | undefined;
  try {
    const { stream } = await untilAborted(
      Promise.resolve(model.doStream(toCall(model, request, signal) as never)),
      signal,
    );
    reader = stream.getReader();
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal);
      if (done) {
        break;
      }
      answer.add(value);
      if (answer.hasBegun) {
        watch ??= watchForStall(scope, systemClock, stallTimeoutMs);
        watch.touch();
      }
      yield* answer.take();
    }
    answer.end();
    yield* answer.take();
  } catch (error) {
    throw toProviderError(error, signal);
  } finally {
    watch?.close();
    // A model may take its time to notice; nobody waits for that.
    reader?.cancel().catch(() => {});
  }
}
