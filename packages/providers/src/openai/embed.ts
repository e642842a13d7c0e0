import type { EmbedAnswer, EmbedRequest } from "@wasmforge/bridge";
import {
  guessTokens,
  isVectorList,
  malformed,
  type Turn,
  toCount,
  toFields,
  toList,
} from "../toolkit/index.js";
import type { OpenaiApi } from "./api.js";

const textsAtOnce = 64;
const limits = { maxBytes: 64 * 1024 * 1024, maxValues: 5_000_000 };

export async function embed(
  api: OpenaiApi,
  { scope, queueMs }: Turn,
  { model, texts }: EmbedRequest,
): Promise<EmbedAnswer> {
  const vectors: (readonly number[])[] = [];
  let promptTokens = 0;
  for (let at = 0; at < texts.length; at += textsAtOnce) {
    const input = texts.slice(at, at + textsAtOnce);
    const { data, usage } = await api.object("/embeddings", limits, scope.signal, { model, input });
    const found = new Array<unknown>(input.length);
    for (const entry of toList(data).slice(0, input.length)) {
      const { index, embedding } = toFields(entry);
      const place = toCount(index);
      if (place !== undefined && place < input.length) {
        found[place] = embedding;
      }
    }
    if (!isVectorList(found, input.length)) {
      throw malformed("not one vector for each text");
    }
    vectors.push(...found);
    promptTokens += toCount(toFields(usage).prompt_tokens) || guessTokens(...input);
  }
  if (!isVectorList(vectors, texts.length)) {
    throw malformed("vectors of different lengths");
  }
  return { vectors, usage: { promptTokens, completionTokens: 0, queueMs } };
}
