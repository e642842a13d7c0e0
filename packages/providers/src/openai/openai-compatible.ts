import {
  type CallContext,
  type EmbedAnswer,
  type EmbedRequest,
  normalizeModelName,
  type Provider,
  ProviderError,
  type ProviderHealth,
} from "@wasmforge/bridge";
import {
  createDispatcher,
  createFreshValue,
  type DispatcherStatus,
  nodeTransport,
  parseEndpoint,
  systemClock,
} from "../toolkit/index.js";
import { OpenaiApi } from "./api.js";
import { chat } from "./chat.js";
import { embed } from "./embed.js";
import { listServerNames, type ServerNames, toModelInfos, toServerName } from "./models.js";
import { type OpenaiCompatibleOptions, parseOpenaiOptions } from "./options.js";

export interface OpenaiCompatibleProvider extends Provider {
  embed(request: EmbedRequest, context: CallContext): Promise<EmbedAnswer>;
  status(): DispatcherStatus;
  [Symbol.asyncDispose](): Promise<void>;
}

const listTimeoutMs = 10_000;

/**
 * Models of any server that speaks OpenAI's chat API: vLLM, llama.cpp's server, LM Studio, hosted ones.
 *
 * ```ts
 * await using provider = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1", apiKey });
 * ```
 */
export function openaiCompatible(options: OpenaiCompatibleOptions): OpenaiCompatibleProvider {
  const resolved = parseOpenaiOptions(options);
  const endpoint = parseEndpoint(resolved.baseUrl, resolved.headers);
  const transport = resolved.transport ?? nodeTransport();
  const clock = systemClock;
  const api = new OpenaiApi(transport, endpoint, resolved.apiKey);
  /** How the server spells its models does not change when it fails. */
  let spellings: ServerNames | undefined;
  const names = createFreshValue({
    load: async (signal) => {
      spellings = await listServerNames(api, signal);
      return spellings;
    },
    keepMs: resolved.freshMs,
    timeoutMs: listTimeoutMs,
    clock,
  });
  const dispatcher = createDispatcher([endpoint], {
    ...resolved,
    probe: (_host, signal) => listServerNames(api, signal).catch(passIfThere),
  });

  const toRequest = <Request extends { readonly model: string }>(request: Request): Request => ({
    ...request,
    model: toServerName(normalizeModelName(request.model), spellings),
  });
  const noting = async function* <Part>(parts: AsyncIterable<Part>) {
    try {
      yield* parts;
    } catch (error) {
      names.forget();
      throw error;
    }
  };

  return {
    version: 1,
    name: resolved.name,

    generate: (request, context) =>
      noting(
        dispatcher.run({ context, send: (turn) => chat(api, clock, turn, toRequest(request), resolved) }),
      ),

    async embed(request, context) {
      const answers = dispatcher.run({
        context,
        send: async function* (turn) {
          yield await embed(api, turn, toRequest(request));
        },
      });
      for await (const answer of noting(answers)) {
        return answer;
      }
      throw new ProviderError("bad_response", "the model server gave no answer");
    },

    models: async ({ signal }) => toModelInfos(await names.get(signal), resolved.models),

    async health({ signal }): Promise<ProviderHealth> {
      const { url } = endpoint;
      try {
        const { size } = await names.get(signal);
        return { status: "connected", url, message: `lists ${size} models` };
      } catch (error) {
        if (signal.aborted) {
          throw error;
        }
        return { url, ...toAdvice(error) };
      }
    },

    status: () => dispatcher.status(),

    async [Symbol.asyncDispose]() {
      dispatcher.close();
      names.close(new ProviderError("unavailable", "the provider was closed"));
      await transport[Symbol.asyncDispose]();
    },
  };
}

/** Any answer shows that somebody is there. */
function passIfThere(error: unknown): void {
  if (!ProviderError.is(error) || error.code === "unavailable" || error.code === "timeout") {
    throw error;
  }
}

function toAdvice(error: unknown): Pick<ProviderHealth, "status" | "message"> {
  switch (ProviderError.is(error) ? error.code : undefined) {
    case "unavailable":
      return { status: "disconnected", message: "cannot be reached" };
    case "timeout":
      return { status: "disconnected", message: "does not answer" };
    case "unauthorized":
      return { status: "error", message: "wants another key" };
    default:
      return { status: "error", message: "has no list of models at /models; is the base URL right?" };
  }
}
