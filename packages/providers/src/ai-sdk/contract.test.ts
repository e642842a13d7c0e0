import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { describeProvider, type OpenedProvider, type Situation } from "@wasmforge/bridge/provider-contract";
import { createModelServer, type Fault } from "@wasmforge/model-server";
import { describe, expect, it } from "vitest";
import { fromAiSdk } from "./from-ai-sdk.js";

const model = "llama3.2:latest";
const cannotBeAsked = "a model of the SDK can only be called, so nobody knows before that";

const faults: Readonly<Record<Exclude<Situation, "down">, Fault>> = {
  busy: { kind: "status", status: 429, error: "rate limit reached" },
  unauthorized: { kind: "status", status: 401, error: "Incorrect API key provided: sk-very-secret" },
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
  redirects: { kind: "redirect", location: "http://127.0.0.1:9/" },
  endless: { kind: "endless" },
};

describeProvider(
  {
    name: "fromAiSdk",
    situations: [
      "down",
      "busy",
      "unauthorized",
      "silent",
      "stalls",
      "cut",
      "reset",
      "fails",
      "malformed",
      "huge",
      "redirects",
      "endless",
    ],
    async open(situation): Promise<OpenedProvider> {
      const server = await createModelServer({ apiKey: "sk-very-secret" });
      const sdk = createOpenAICompatible({
        name: "test",
        baseURL: `${server.url}/v1`,
        apiKey: "sk-very-secret",
        includeUsage: true,
        fetch: (input, init) => fetch(input, { ...init, redirect: "error" }),
      });
      const provider = fromAiSdk(sdk(model), { maxAttempts: 1 });
      if (situation === "down") {
        await server.close();
      } else if (situation !== "well") {
        server.inject(faults[situation], { times: Number.POSITIVE_INFINITY });
      }
      return {
        provider,
        model,
        answerTo: (prompt) => `You said: ${prompt}`,
        secrets: ["sk-very-secret"],
        addresses: [server.url, "127.0.0.1"],
        untilAsked: async () => void (server.received.length > 0 || (await server.next())),
        untilFree: async () => void (await Promise.all(server.received.map(({ ended }) => ended))),
        close: () => server.close(),
      };
    },
    lacks: {
      "a server that is redirecting elsewhere: is told in the right words: bad_response":
        "fetch reports a redirect that it refuses as a connection that failed",
      "a server that is down: is an answer to the question for health": cannotBeAsked,
      "a server that is down: is an error when models are listed": cannotBeAsked,
    },
  },
  { describe, it, expect },
);
