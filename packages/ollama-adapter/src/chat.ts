import { type FinishReason, type GeneratePart, type GenerateRequest, ProviderError } from "@wasmforge/bridge";
import { malformed, ThinkTags, type Turn, toBase64, watchForStall } from "@wasmforge/providers/toolkit";
import type { ChatRequest } from "ollama/browser";
import { type Wire, withClient } from "./host-client.js";
import type { ResolvedOllamaOptions } from "./options.js";
import { type Fields, toCount, toFields } from "./wire.js";

type ChatOptions = Pick<ResolvedOllamaOptions, "keepAlive" | "think" | "options" | "stallTimeoutMs">;
type StreamedChat = ChatRequest & { stream: true };

/** The request as Ollama wants it. `/api/chat`, because `/api/generate` ends its answers with every token in numbers. */
export function toChatRequest(
  { model, prompt, system, images, format, temperature, maxTokens }: GenerateRequest,
  { keepAlive, think, options }: ChatOptions,
): StreamedChat {
  if (prompt === "") {
    // Ollama would take it for "load this model".
    throw new ProviderError("bad_request", "the prompt is empty");
  }
  const user = {
    role: "user",
    content: prompt,
    ...(images === undefined || images.length === 0 ? {} : { images: images.map(toBase64) }),
  };
  return {
    model,
    messages: system === undefined ? [user] : [{ role: "system", content: system }, user],
    stream: true,
    ...(format === undefined ? {} : { format }),
    ...(keepAlive === undefined ? {} : { keep_alive: keepAlive }),
    ...(think === undefined ? {} : { think }),
    options: {
      ...(options as ChatRequest["options"]),
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxTokens === undefined ? {} : { num_predict: maxTokens }),
    },
  };
}

/** One attempt at an answer. */
export async function* chat(
  wire: Wire,
  { host, scope, queueMs }: Turn,
  request: GenerateRequest,
  options: ChatOptions,
): AsyncGenerator<GeneratePart, void, undefined> {
  const body = toChatRequest(request, options);
  let watch: ReturnType<typeof watchForStall> | undefined;
  const tags = new ThinkTags();
  let pieces = 0;
  let isDone = false;
  try {
    const messages = withClient(wire, {
      host,
      signal: scope.signal,
      expected: { kind: "lines", isLast: ({ done }) => done === true },
      onProgress: () => {
        watch ??= watchForStall(scope, wire.clock, options.stallTimeoutMs);
        watch.touch();
      },
      use: async function* (client) {
        yield* await client.chat(body);
      },
    });
    for await (const answer of messages) {
      const fields = answer as unknown as Fields;
      const { content, thinking } = toFields(fields.message);
      if (isText(thinking)) {
        pieces += 1;
        yield { type: "thinking", text: thinking };
      }
      if (isText(content)) {
        pieces += 1;
        yield* tags.push(content);
      }
      if (fields.done === true) {
        isDone = true;
        yield* tags.end();
        yield {
          type: "done",
          reason: toReason(fields.done_reason),
          usage: {
            // Ollama leaves out what it had in its cache.
            promptTokens: toCount(fields.prompt_eval_count) ?? guessTokens(request),
            completionTokens: toCount(fields.eval_count) ?? pieces,
            queueMs,
          },
        };
      }
    }
    if (!isDone) {
      // The client has other ideas of an end: a `done` that is no boolean, a `status` of "success".
      throw malformed("the answer ends in no form that is known");
    }
  } finally {
    watch?.close();
  }
}

function isText(value: unknown): value is string {
  if (value !== undefined && value !== null && typeof value !== "string") {
    throw malformed("a text that is none");
  }
  return typeof value === "string" && value !== "";
}

/** For ends of another kind, such as a model that is unloaded under its callers, the answer so far is no answer. */
function toReason(reason: unknown): FinishReason {
  if (reason === "length") {
    return "length";
  }
  if (reason === "stop" || reason === undefined || reason === "") {
    return "stop";
  }
  throw malformed(`it ended with ${JSON.stringify(reason)}`);
}

function guessTokens({ prompt, system = "" }: GenerateRequest): number {
  return Math.ceil((prompt.length + system.length) / 4);
}
