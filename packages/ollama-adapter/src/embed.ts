import type { EmbedAnswer, EmbedRequest } from "@wasmforge/bridge";
import { malformed, type Turn } from "@wasmforge/providers/toolkit";
import { askClient, type Wire } from "./host-client.js";
import type { ResolvedOllamaOptions } from "./options.js";
import { toCount } from "./wire.js";

/** Ollama works on all texts of a request at once; others want their turn, too. */
const textsAtOnce = 64;
const mostDimensions = 65_536;
const limits = { maxBytes: 64 * 1024 * 1024, maxValues: textsAtOnce * mostDimensions };

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
    vectors.push(...toVectors(answer.embeddings, input.length));
    promptTokens +=
      toCount(answer.prompt_eval_count) ?? Math.ceil(input.reduce((sum, { length }) => sum + length, 0) / 4);
  }
  if (vectors.some(({ length }) => length !== vectors[0]?.length)) {
    throw malformed("vectors of different lengths");
  }
  return { vectors, usage: { promptTokens, completionTokens: 0, queueMs } };
}

function toVectors(value: unknown, count: number): readonly (readonly number[])[] {
  if (!Array.isArray(value) || value.length !== count || !value.every(isVector)) {
    throw malformed("not one vector for each text");
  }
  return value;
}

function isVector(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= mostDimensions && value.every(Number.isFinite)
  );
}
