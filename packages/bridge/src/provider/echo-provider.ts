import type { Provider, TokenUsage } from "./provider.js";

export interface EchoProviderOptions {
  /** What it has. @default every name that it is asked for; it lists `echo:latest` */
  readonly models?: readonly string[];
}

const pieceChars = 64;
const dimensions = 8;

/**
 * Answers every prompt with `ECHO: ` and the prompt, in pieces; where JSON is asked for, as `{"echo": prompt}`. Texts have
 * vectors that depend on nothing but the text. Same in, same out: for tests, and for trying things out without a model.
 */
export function echoProvider({ models }: EchoProviderOptions = {}): Provider {
  const description = "repeats the prompt";
  const listed = models ?? ["echo:latest"];
  return {
    version: 1,
    name: "echo",
    ...(models === undefined && { anyModel: true }),
    async *generate({ prompt, format }) {
      const answer = format === undefined ? `ECHO: ${prompt}` : JSON.stringify({ echo: prompt });
      for (let at = 0; at < answer.length; at += pieceChars) {
        yield { type: "text", text: answer.slice(at, at + pieceChars) };
      }
      yield { type: "done", reason: "stop", usage: usageOf(prompt, answer) };
    },
    embed: async ({ texts }) => ({ vectors: texts.map(toVector), usage: usageOf(texts.join(" "), "") }),
    models: async () => listed.map((name) => ({ name, kind: "text", description, available: true })),
    health: async () => ({ status: "connected", message: "it is always there" }),
  };
}

/** A word is a token. */
function usageOf(prompt: string, answer: string): TokenUsage {
  return { promptTokens: countWords(prompt), completionTokens: countWords(answer) };
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function toVector(text: string): number[] {
  const sums = new Array<number>(dimensions).fill(0);
  for (let at = 0; at < text.length; at++) {
    const place = at % dimensions;
    sums[place] = ((sums[place] ?? 0) * 31 + text.charCodeAt(at)) % 1_000;
  }
  return sums.map((sum) => sum / 1_000);
}
