import type { FinishReason, GeneratePart, GenerateRequest } from "@wasmforge/bridge";
import {
  AnswerParts,
  type Fields,
  guessTokens,
  malformed,
  toCount,
  toFields,
} from "@wasmforge/providers/toolkit";

/** Understands the messages of a chat. */
export class AnswerReader {
  readonly #request: GenerateRequest;
  readonly #queueMs: number;
  readonly #parts = new AnswerParts();
  #isDone = false;

  constructor(request: GenerateRequest, queueMs: number) {
    this.#request = request;
    this.#queueMs = queueMs;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  add({ message, done, done_reason, prompt_eval_count, eval_count }: Fields): void {
    const { content, thinking } = toFields(message);
    this.#parts.addThinking(toText(thinking));
    this.#parts.addText(toText(content));
    if (done === true) {
      this.#isDone = true;
      this.#parts.end(toReason(done_reason), {
        // Ollama leaves out what it had in its cache.
        promptTokens: toCount(prompt_eval_count) ?? guessTokens(this.#request.prompt, this.#request.system),
        completionTokens: toCount(eval_count) ?? this.#parts.pieces,
        queueMs: this.#queueMs,
      });
    }
  }

  take(): readonly GeneratePart[] {
    return this.#parts.take();
  }
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
