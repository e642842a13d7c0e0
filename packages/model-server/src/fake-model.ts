/** A model that the server pretends to have. */
export interface FakeModel {
  /** With its tag. */
  readonly name: string;
  /** @default 64 hexadecimal digits made of the name */
  readonly digest?: string;
  readonly sizeBytes?: number;
  readonly family?: string;
  readonly parameterSize?: string;
  /** @default ["completion"] */
  readonly capabilities?: readonly string[];
  /** @default 8192 */
  readonly contextLength?: number;
  /** How long its vectors are. @default 8 */
  readonly embeddingLength?: number;
  /** It runs elsewhere: this server only passes prompts on. */
  readonly remoteHost?: string;
}

/** What a client asks a model. */
export interface Question {
  readonly model: string;
  readonly prompt: string;
  readonly system: string | undefined;
  readonly images: readonly Uint8Array[];
  /** As the client sent it. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly tokens: readonly string[];
  readonly thinking?: readonly string[];
}

/** The same question gets the same answer, which holds the question: a client that mixes calls up is found out. */
export function defaultAnswer({ prompt, images, body }: Question): Answer {
  if (body.format !== undefined || body.response_format !== undefined) {
    return { tokens: toTokens(JSON.stringify({ answer: prompt, score: 7 })) };
  }
  const seen =
    images.length === 0 ? "" : ` (and ${images.map((image) => `${image.length} bytes`).join(", ")})`;
  return { tokens: toTokens(`You said: ${prompt}${seen}`) };
}

/** As models do it: a word with the space before it. */
export function toTokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** Deterministic, of length one. */
export function toVector(text: string, length: number): number[] {
  let state = 2166136261;
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  const vector = Array.from({ length }, () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return (state >>> 0) / 2 ** 32 - 0.5;
  });
  const size = Math.hypot(...vector) || 1;
  return vector.map((value) => value / size);
}
