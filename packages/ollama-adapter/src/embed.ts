import type { EmbedAnswer, EmbedRequest } from "@wasmforge/bridge";
import { guessTokens, isVectorList, malformed, type Turn, toCount } from "@wasmforge/providers/toolkit";
import { askClient, type Wire } from "./host-client.js";
import type { ResolvedOllamaOptions } from "./options.js";

/** Ollama works on all texts of a request at once; others want their turn, too. */
const textsAtOnce = 64;
const limits = { maxBytes: 64 * 1024 * 1024, maxValues: 5_000_000 };

export async function embed(
  wire: Wire,
  { host, scope, queueMs }: Turn,
  { model, texts }: EmbedRequest,
  { keepAlive }: Pick<ResolvedOllamaOptions, "keepAlive">,
): Promise<EmbedAnswer> {
  const vectors: (readonly number[])[] = [];
  let promptTokens = 0;
  for (let at = 0; at < texts.length; at += textsAtOnce) {
    const input = texts.slice(at, at + textsAtOnce);
    const answer = await askClient(wire, {
      host,
      signal: scope.signal,
      expected: { kind: "object", limits },
      use: (client) =>
        client.embed({ model, input, ...(keepAlive === undefined ? {} : { keep_alive: keepAlive }) }),
    });
    if (!isVectorList(answer.embeddings, input.length)) {
      throw malformed("not one vector for each text");
    }
    vectors.push(...answer.embeddings);
    promptTokens += toCount(answer.prompt_eval_count) ?? guessTokens(...input);
  }
  if (!isVectorList(vectors, texts.length)) {
    throw malformed("vectors of different lengths");
  }
  return { vectors, usage: { promptTokens, completionTokens: 0, queueMs } };
}
