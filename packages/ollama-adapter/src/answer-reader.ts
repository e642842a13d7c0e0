import type { FinishReason, GeneratePart, GenerateRequest } from "@wasmforge/bridge";
import { malformed, ThinkTags } from "@wasmforge/providers/toolkit";
import { type Fields, toCount, toFields } from "./wire.js";

/** Puts a model's messages together to parts. Text of the same type becomes one part until it is taken. */
export class AnswerReader {
  readonly #request: GenerateRequest;
  readonly #queueMs: number;
  readonly #tags = new ThinkTags();
  #parts: GeneratePart[] = [];
  #begun: { readonly type: "text" | "thinking"; text: string } | undefined;
  #pieces = 0;
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
    if (isText(thinking)) {
      this.#pieces += 1;
      this.#append("thinking", thinking);
    }
    if (isText(content)) {
      this.#pieces += 1;
      for (const { type, text } of this.#tags.push(content)) {
        this.#append(type, text);
      }
    }
    if (done === true) {
      for (const { type, text } of this.#tags.end()) {
        this.#append(type, text);
      }
      this.#flush();
      this.#isDone = true;
      this.#parts.push({
        type: "done",
        reason: toReason(done_reason),
        usage: {
          // Ollama leaves out what it had in its cache.
          promptTokens: toCount(prompt_eval_count) ?? guessTokens(this.#request),
          completionTokens: toCount(eval_count) ?? this.#pieces,
          queueMs: this.#queueMs,
        },
      });
    }
  }

  take(): readonly GeneratePart[] {
    this.#flush();
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  #append(type: "text" | "thinking", text: string): void {
    if (this.#begun?.type !== type) {
      this.#flush();
      this.#begun = { type, text };
    } else {
      this.#begun.text += text;
    }
  }

  #flush(): void {
    if (this.#begun !== undefined) {
      this.#parts.push(this.#begun);
      this.#begun = undefined;
    }
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
