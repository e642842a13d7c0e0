import type { OpenedProvider, Situation } from "@wasmforge/bridge/provider-contract";
import { createModelServer, type Fault, type ModelServer } from "@wasmforge/model-server";
import { openaiCompatible } from "../openai-compatible.js";

export const model = "llama3.2:latest";
const embeddingModel = "all-minilm:latest";
const thinkingModel = "qwen3:latest";
const apiKey = "sk-very-secret";

export function createOpenaiServer(): Promise<ModelServer> {
  return createModelServer({
    models: [{ name: model }, { name: embeddingModel }, { name: thinkingModel }],
    apiKey,
    answer: ({ model: asked, prompt }) => ({
      tokens: ["You", " said:", ` ${prompt}`],
      ...(asked === thinkingModel ? { thinking: ["Let me", " think."] } : {}),
    }),
  });
}

const faults: Readonly<Record<Exclude<Situation, "down" | "redirects">, Fault>> = {
  busy: { kind: "status", status: 429, error: "rate limit reached" },
  unauthorized: { kind: "status", status: 401, error: `Incorrect API key provided: ${apiKey}` },
  silent: { kind: "silent" },
  stalls: { kind: "stall", afterTokens: 2 },
  cut: { kind: "cut", afterTokens: 2 },
  reset: { kind: "reset", afterTokens: 2 },
  fails: {
    kind: "error",
    afterTokens: 2,
    message: "the engine is dead: a prompt that nobody quotes in an error",
  },
  malformed: { kind: "insert", afterTokens: 1, bytes: "data: {nonsense\n\n" },
  huge: { kind: "hugeLine", afterTokens: 1, bytes: 100 * 1024 * 1024 },
  endless: { kind: "endless" },
};

/** For the contract's suite: a provider and its server, in that situation. */
export async function openOpenai(situation: Situation | "well"): Promise<OpenedProvider> {
  const server = await createOpenaiServer();
  const elsewhere = await createOpenaiServer();
  const provider = openaiCompatible({ baseUrl: `${server.url}/v1`, apiKey, maxAttempts: 1 });
  if (situation === "down") {
    await server.close();
  } else if (situation === "redirects") {
    server.inject({ kind: "redirect", location: elsewhere.url }, { times: Number.POSITIVE_INFINITY });
  } else if (situation !== "well") {
    server.inject(faults[situation], { times: Number.POSITIVE_INFINITY });
  }
  return {
    provider,
    model,
    embeddingModel,
    thinkingModel,
    answerTo: (prompt) => `You said: ${prompt}`,
    secrets: [apiKey],
    addresses: [server.url, "127.0.0.1"],
    untilAsked: async () => void (server.received.length > 0 || (await server.next())),
    untilFree: async () => void (await Promise.all(server.received.map(({ ended }) => ended))),
    untilClosed: () => server.idle(),
    close: async () => {
      if (elsewhere.received.length > 0) {
        throw new Error("the provider followed a redirect");
      }
      await Promise.all([server.close(), elsewhere.close()]);
    },
  };
}
