import { type GeneratePart, type GenerateRequest, ProviderError } from "@wasmforge/bridge";
import {
  type Fields,
  malformed,
  type StallWatch,
  type Turn,
  toBase64,
  watchForStall,
} from "@wasmforge/providers/toolkit";
import type { ChatRequest } from "ollama/browser";
import { AnswerReader } from "./answer-reader.js";
import { lendClient, type Wire } from "./host-client.js";
import type { ResolvedOllamaOptions } from "./options.js";

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

/** One attempt at an answer. What came together is given together: a part for each token would be most of the work. */
export async function* chat(
  wire: Wire,
  { host, scope, queueMs }: Turn,
  request: GenerateRequest,
  options: ChatOptions,
): AsyncGenerator<GeneratePart, void, undefined> {
  const body = toChatRequest(request, options);
  const answer = new AnswerReader(request, queueMs);
  let watch: StallWatch | undefined;
  const { client, moreFollow, toError, settle } = lendClient(wire, {
    host,
    signal: scope.signal,
    expected: { kind: "lines", isLast: ({ done }) => done === true },
    onProgress: () => {
      watch ??= watchForStall(scope, wire.clock, options.stallTimeoutMs);
      watch.touch();
    },
  });
  try {
    for await (const message of await client.chat(body)) {
      answer.add(message as unknown as Fields);
      if (!moreFollow()) {
        yield* answer.take();
      }
    }
    if (!answer.isDone) {
      // The client has other ideas of an end: a `done` that is no boolean, a `status` of "success".
      throw malformed("the answer ends in no form that is known");
    }
  } catch (error) {
    throw toError(error);
  } finally {
    watch?.close();
    await settle();
  }
}
