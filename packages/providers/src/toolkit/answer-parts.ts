import type { FinishReason, GeneratePart, TokenUsage } from "@wasmforge/bridge";
import { ThinkTags } from "./think-tags.js";

/**
 * Puts a model's pieces together to parts. Pieces of the same type become one part until they are taken: servers send each
 * token for itself, and what came together can be given together.
 */
export class AnswerParts {
  readonly #tags = new ThinkTags();
  #parts: GeneratePart[] = [];
  #begun: { readonly type: "text" | "thinking"; text: string } | undefined;
  #pieces = 0;

  /** Pieces until now: about as many as tokens, where the server does not say. */
  get pieces(): number {
    return this.#pieces;
  }

  addText(text: string): void {
    if (text !== "") {
      this.#pieces += 1;
      for (const part of this.#tags.push(text)) {
        this.#append(part.type, part.text);
      }
    }
  }

  addThinking(text: string): void {
    if (text !== "") {
      this.#pieces += 1;
      this.#append("thinking", text);
    }
  }

  end(reason: FinishReason, usage: TokenUsage): void {
    for (const { type, text } of this.#tags.end()) {
      this.#append(type, text);
    }
    this.#flush();
    this.#parts.push({ type: "done", reason, usage });
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

/** Where a server does not say how long a prompt is in tokens. */
export function guessTokens(...texts: readonly (string | undefined)[]): number {
  return Math.max(1, Math.ceil(texts.reduce((sum, text) => sum + (text?.length ?? 0), 0) / 4));
}
