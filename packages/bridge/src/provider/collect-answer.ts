import type { FinishReason, GeneratePart, TokenUsage } from "./provider.js";
import { ProviderError } from "./provider-error.js";

export interface CollectedAnswer {
  readonly text: string;
  readonly thinking: string;
  readonly reason: FinishReason;
  readonly usage: TokenUsage;
}

/** The whole of a provider's answer, or a `bad_response` where it is longer than `maxChars` or has no end. */
export async function collectAnswer(
  parts: AsyncIterable<GeneratePart>,
  { maxChars = 4 * 1024 * 1024 }: { readonly maxChars?: number } = {},
): Promise<CollectedAnswer> {
  const collected = { text: "", thinking: "" };
  for await (const part of parts) {
    if (part.type === "done") {
      return { ...collected, reason: part.reason, usage: part.usage };
    }
    collected[part.type] += part.text;
    if (collected.text.length + collected.thinking.length > maxChars) {
      throw new ProviderError("bad_response", "the model's answer is too long");
    }
  }
  throw new ProviderError("bad_response", "the model's answer has no end");
}
