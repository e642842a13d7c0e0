import { type FinishReason, type GeneratePart, type GenerateRequest, ProviderError } from "@wasmforge/bridge";
import {
  AnswerParts,
  type Clock,
  drain,
  type Fields,
  guessTokens,
  HttpFailure,
  isFields,
  malformed,
  readLines,
  type Turn,
  toBase64,
  toCount,
  toFields,
  toImageType,
  toList,
  watchForStall,
} from "../toolkit/index.js";
import type { OpenaiApi } from "./api.js";
import type { ResolvedOpenaiOptions } from "./options.js";

type ChatOptions = Pick<ResolvedOpenaiOptions, "maxTokensField" | "extraBody" | "stallTimeoutMs">;

export function toChatBody(
  { model, prompt, system, images = [], format, temperature, maxTokens }: GenerateRequest,
  { maxTokensField, extraBody }: ChatOptions,
): object {
  const content =
    images.length === 0
      ? prompt
      : [
          { type: "text", text: prompt },
          ...images.map((image) => ({
            type: "image_url",
            image_url: { url: `data:${toImageType(image)};base64,${toBase64(image)}` },
          })),
        ];
  return {
    ...extraBody,
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: "system", content: system }]),
      { role: "user", content },
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...(format === undefined ? {} : { response_format: toResponseFormat(format) }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { [maxTokensField]: maxTokens }),
  };
}

function toResponseFormat(format: NonNullable<GenerateRequest["format"]>): object {
  return format === "json"
    ? { type: "json_object" }
    : { type: "json_schema", json_schema: { name: "answer", schema: format } };
}

const lineLimits = { maxLineBytes: 1024 * 1024, maxBytes: 256 * 1024 * 1024 };
const lastEvent = "[DONE]";

/** One attempt at an answer. */
export async function* chat(
  api: OpenaiApi,
  clock: Clock,
  { scope, queueMs }: Turn,
  request: GenerateRequest,
  options: ChatOptions,
): AsyncGenerator<GeneratePart, void, undefined> {
  const response = await api.send(
    "/chat/completions",
    /^text\/event-stream\b/i,
    scope.signal,
    toChatBody(request, options),
  );
  const answer = new ChunkReader(request, queueMs);
  const watch = watchForStall(scope, clock, options.stallTimeoutMs);
  try {
    const batches = readLines(response.body, lineLimits);
    for (let next = await batches.next(); !next.done; next = await batches.next()) {
      watch.touch();
      yield* answer.read(next.value);
      if (answer.isOver) {
        await drain(batches, response, clock);
        break;
      }
    }
    yield* answer.end();
  } finally {
    watch.close();
    // Of an answer that was read to its end the connection is kept all the same.
    response.discard();
  }
}

class ChunkReader {
  readonly #request: GenerateRequest;
  readonly #queueMs: number;
  readonly #parts = new AnswerParts();
  #reason: FinishReason | undefined;
  #isRefusal = false;
  #isOver = false;
  #usage: Fields = {};

  constructor(request: GenerateRequest, queueMs: number) {
    this.#request = request;
    this.#queueMs = queueMs;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  *read(lines: readonly string[]): Generator<GeneratePart> {
    try {
      for (const line of lines) {
        // Comments keep connections alive, and names of events say nothing here.
        if (line.startsWith("data:") && !this.#isOver) {
          this.#readEvent(line.slice("data:".length).trim());
        }
      }
    } finally {
      yield* this.#parts.take();
    }
  }

  *end(): Generator<GeneratePart> {
    if (this.#reason === undefined && !this.#isOver) {
      throw malformed("the answer ends before it is done");
    }
    const { prompt, system } = this.#request;
    this.#parts.end(this.#isRefusal ? "refused" : (this.#reason ?? "stop"), {
      promptTokens: toCount(this.#usage.prompt_tokens) || guessTokens(prompt, system),
      completionTokens: toCount(this.#usage.completion_tokens) || this.#parts.pieces,
      queueMs: this.#queueMs,
    });
    yield* this.#parts.take();
  }

  #readEvent(data: string): void {
    if (data === lastEvent) {
      this.#isOver = true;
      return;
    }
    const event = parseEvent(data);
    if (event.error !== undefined && event.error !== null) {
      throw toStreamError(event.error);
    }
    if (isFields(event.usage)) {
      this.#usage = event.usage;
    }
    const choice = toFields(toList(event.choices)[0]);
    const { content, reasoning_content, reasoning, refusal } = toFields(choice.delta);
    this.#parts.addThinking(toText(reasoning_content ?? reasoning));
    this.#parts.addText(toText(content));
    const refused = toText(refusal);
    this.#isRefusal ||= refused !== "";
    this.#parts.addText(refused);
    if (choice.finish_reason !== undefined && choice.finish_reason !== null) {
      this.#reason = toReason(choice.finish_reason);
    }
  }
}

function parseEvent(data: string): Fields {
  try {
    const event: unknown = JSON.parse(data);
    if (isFields(event)) {
      return event;
    }
  } catch (error) {
    throw malformed("an event is no JSON", error);
  }
  throw malformed("an event is no object");
}

function toText(value: unknown): string {
  if (value === undefined || value === null) {
    return "";
  }
  if (typeof value !== "string") {
    throw malformed("a text that is none");
  }
  return value;
}

function toReason(reason: unknown): FinishReason {
  switch (reason) {
    case "length":
      return "length";
    case "content_filter":
      return "refused";
    default:
      return "stop";
  }
}

function toStreamError(error: unknown): ProviderError {
  const detail = isFields(error) ? error.message : error;
  return new ProviderError("unavailable", "the model server failed in the midst of its answer", {
    cause: new HttpFailure("status", `in the stream: ${String(detail)}`),
  });
}
