import type { FinishReason, GeneratePart, GenerateRequest, TokenUsage } from "@wasmforge/bridge";
import { ProviderError } from "@wasmforge/bridge";
import { AnswerParts, type Fields, guessTokens, malformed, toCount, toFields } from "../toolkit/index.js";

/** Understands the parts of a model's stream, in each version of the SDK's specification. */
export class StreamReader {
  readonly #request: GenerateRequest;
  readonly #queueMs: number;
  readonly #parts = new AnswerParts();
  #finish: Fields | undefined;

  constructor(request: GenerateRequest, queueMs: number) {
    this.#request = request;
    this.#queueMs = queueMs;
  }

  get hasBegun(): boolean {
    return this.#parts.pieces > 0;
  }

  add(value: unknown): void {
    const part = toFields(value);
    switch (part.type) {
      case "text-delta":
        this.#parts.addText(toText(part.delta));
        break;
      case "reasoning-delta":
        this.#parts.addThinking(toText(part.delta));
        break;
      case "finish":
        this.#finish = part;
        break;
      case "error":
        throw part.error;
    }
  }

  end(): void {
    if (this.#finish === undefined) {
      throw malformed("the answer ends before it is done");
    }
    this.#parts.end(toReason(this.#finish.finishReason), this.#toUsage(toFields(this.#finish.usage)));
  }

  take(): readonly GeneratePart[] {
    return this.#parts.take();
  }

  #toUsage({ inputTokens, outputTokens }: Fields): TokenUsage {
    const { prompt, system } = this.#request;
    return {
      promptTokens: toTotal(inputTokens) || guessTokens(prompt, system),
      completionTokens: toTotal(outputTokens) || this.#parts.pieces,
      queueMs: this.#queueMs,
    };
  }
}

function toText(value: unknown): string {
  if (typeof value !== "string") {
    throw malformed("a text that is none");
  }
  return value;
}

/** A number in `v2`, an object with a total in later ones. */
function toTotal(tokens: unknown): number | undefined {
  return toCount(tokens) ?? toCount(toFields(tokens).total);
}

/** A text in `v2`, an object with the server's own word in later ones. */
function toReason(reason: unknown): FinishReason {
  const { unified = reason, raw } = toFields(reason);
  switch (unified) {
    case "length":
      return "length";
    case "content-filter":
      return "refused";
    case "error":
      throw new ProviderError("unavailable", "the model server failed in the midst of its answer");
    case "other":
    case "unknown":
      if (raw === undefined) {
        throw malformed("the answer ends before it is done");
      }
      return "stop";
    default:
      return "stop";
  }
}
