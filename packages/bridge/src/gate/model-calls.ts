import { normalizeModelName } from "../policy/model-name.js";
import type { MeteredCall } from "../protocol.js";
import { fromBase64 } from "../protocol-base64.js";
import type { CallContext, EmbedAnswer, GenerateRequest, Provider } from "../provider/provider.js";
import { CallError, fromProvider } from "./call-error.js";
import type { CallScope } from "./call-scope.js";
import type { TokenAccount } from "./meter.js";
import { readAnswer } from "./read-answer.js";

export interface ModelCallOptions {
  readonly provider: Provider;
  readonly context: CallContext;
  readonly scope: CallScope;
  readonly account: TokenAccount;
  readonly maxReplyBytes: number;
}

type AiCall = Extract<MeteredCall, { readonly op: "call_ai" }>;
type EmbedCall = Extract<MeteredCall, { readonly op: "embed" }>;

/** Hands on the answer as it comes. What `onText` returns holds the provider back. */
export async function callModel(
  call: AiCall,
  { provider, context, scope, account, maxReplyBytes }: ModelCallOptions,
  onText: (text: string) => Promise<void> | undefined,
): Promise<void> {
  try {
    const end = await readAnswer(provider.generate(toRequest(call), context), {
      scope,
      maxChars: maxReplyBytes,
      onText(text) {
        account.answered(text.length);
        return onText(text);
      },
      onThinking: (text) => account.answered(text.length),
    });
    account.report(end.usage, end.provider);
  } catch (thrown) {
    throw fromProvider(thrown);
  }
}

function toRequest(call: AiCall): GenerateRequest {
  const { model, prompt, system, images, format, temperature, max_tokens: maxTokens } = call;
  return {
    model: normalizeModelName(model),
    prompt,
    ...(system !== undefined && { system }),
    ...(images && { images: images.map(fromBase64) }),
    ...(format !== undefined && { format }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
}

/** The vectors, as JSON. */
export async function embedTexts(call: EmbedCall, options: ModelCallOptions): Promise<string> {
  const { provider, context, scope, account, maxReplyBytes } = options;
  try {
    if (!provider.embed) {
      throw new CallError("bad_request", "there are no embedding models here");
    }
    const request = { model: normalizeModelName(call.model), texts: call.texts };
    const answer: EmbedAnswer | undefined = await scope.race(provider.embed(request, context));
    account.report(answer?.usage, answer?.provider);
    return toJson(answer?.vectors, call.texts.length, maxReplyBytes);
  } catch (thrown) {
    throw fromProvider(thrown);
  }
}

function toJson(vectors: unknown, count: number, maxReplyBytes: number): string {
  if (!Array.isArray(vectors) || vectors.length !== count) {
    throw new CallError("bad_response", "the model did not give one vector for each text");
  }
  let numbersLeft = maxReplyBytes / 2;
  // Holes are nothing too.
  const lists = Array.from(vectors, (vector: unknown) => {
    if (!Array.isArray(vector)) throw malformed();
    numbersLeft -= vector.length;
    if (numbersLeft < 0) throw new CallError("reply_too_large", "the vectors are larger than a reply may be");
    // A copy without holes, and without methods of its own.
    const numbers = Array.from(vector);
    if (!numbers.every(Number.isFinite)) throw malformed();
    return JSON.stringify(numbers);
  });
  return `[${lists.join(",")}]`;
}

function malformed(): CallError {
  return new CallError("bad_response", "the model's vectors are not lists of numbers");
}
