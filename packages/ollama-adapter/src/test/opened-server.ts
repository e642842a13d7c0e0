import type { OpenedProvider, Situation } from "@wasmforge/bridge/provider-contract";
import { createModelServer, type Fault, type ModelServer } from "@wasmforge/model-server";
import { type OllamaOptions, type OllamaProvider, ollama } from "../index.js";

export const model = "llama3.2:latest";
export const embeddingModel = "all-minilm:latest";
export const thinkingModel = "qwen3:latest";

export function createOllamaServer(
  options: Parameters<typeof createModelServer>[0] = {},
): Promise<ModelServer> {
  return createModelServer({
    models: [
      { name: model },
      { name: embeddingModel, capabilities: ["embedding"], family: "bert" },
      { name: thinkingModel, capabilities: ["completion", "thinking"] },
    ],
    answer: ({ model: asked, prompt, body }) => ({
      tokens: body.format === undefined ? ["You", " said:", ` ${prompt}`] : ['{"answer":', '"yes"}'],
      ...(asked === thinkingModel ? { thinking: ["Let me", " think."] } : {}),
    }),
    ...options,
  });
}

/** No second attempt, so that a test sees the first error at once. */
export const oneAttempt = { maxAttempts: 1 } satisfies OllamaOptions;

const faults: Readonly<Record<Exclude<Situation, "down" | "redirects">, Fault>> = {
  busy: {
    kind: "status",
    status: 503,
    error: "server busy, please try again.  maximum pending requests exceeded",
  },
  unauthorized: { kind: "status", status: 401, error: "unauthorized" },
  silent: { kind: "silent" },
  stalls: { kind: "stall", afterTokens: 2 },
  cut: { kind: "cut", afterTokens: 2 },
  reset: { kind: "reset", afterTokens: 2 },
  fails: {
    kind: "error",
    afterTokens: 2,
    message: "llama runner process has terminated: a prompt that nobody quotes in an error",
  },
  malformed: { kind: "insert", afterTokens: 1, bytes: "this is no JSON\n" },
  huge: { kind: "hugeLine", afterTokens: 1, bytes: 100 * 1024 * 1024 },
  endless: { kind: "endless" },
};

/** For the contract's suite: a provider and its server, in that situation. */
export async function openOllama(
  situation: Situation | "well",
  options: OllamaOptions = {},
): Promise<OpenedProvider> {
  const server = await createOllamaServer();
  const elsewhere = await createOllamaServer();
  const provider: OllamaProvider = ollama({
    host: server.url,
    headers: { authorization: "Bearer very-secret" },
    ...oneAttempt,
    ...options,
  });
  if (situation === "down") {
    await server.close();
  } else if (situation === "redirects") {
    server.inject(
      { kind: "redirect", location: `${elsewhere.url}/api/chat` },
      { times: Number.POSITIVE_INFINITY },
    );
  } else if (situation !== "well") {
    await warm(provider);
    server.inject(faults[situation], { times: Number.POSITIVE_INFINITY, path: "/api/chat" });
  }
  const begun = server.received.length;
  return {
    provider,
    model,
    embeddingModel,
    thinkingModel,
    answerTo: (prompt) => `You said: ${prompt}`,
    secrets: ["very-secret"],
    addresses: [server.url, "127.0.0.1", "11434"],
    untilAsked: async () => void (server.received.length > begun || (await server.next())),
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

/** So that the next request is the plugin's own, and not one that loads the model. */
async function warm(provider: OllamaProvider): Promise<void> {
  for await (const _ of provider.preload(model)) {
  }
}
