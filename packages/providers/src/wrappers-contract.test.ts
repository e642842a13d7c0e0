import { echoProvider, joinProviders } from "@wasmforge/bridge";
import { describeProvider } from "@wasmforge/bridge/provider-contract";
import { describe, expect, it } from "vitest";
import { openOpenai } from "./openai/test/opened-server.js";
import { createModelRegistry } from "./registry/model-registry.js";
import { withRegistry } from "./registry/with-registry.js";
import { route } from "./route/route.js";

const tools = { describe, it, expect };
const answersAtOnce = "it is for tests, and answers at once whoever asks";
const situations = [
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
] as const;

describeProvider(
  {
    name: "route",
    situations,
    open: async (situation) => {
      const opened = await openOpenai(situation);
      return { ...opened, provider: route({ "llama3.2": opened.provider, "*": opened.provider }) };
    },
  },
  tools,
);

for (const place of ["first", "last"] as const) {
  describeProvider(
    {
      name: `joinProviders, the ${place} of two`,
      situations,
      open: async (situation) => {
        const opened = await openOpenai(situation);
        const other = echoProvider({ models: ["another"] });
        const { provider } = opened;
        return {
          ...opened,
          provider: {
            ...joinProviders(place === "first" ? [provider, other] : [other, provider]),
            // Who created them closes them.
            [Symbol.asyncDispose]: async () => provider[Symbol.asyncDispose]?.(),
          },
        };
      },
      lacks: {
        "a server that is down: is an error when models are listed": "it lists what the others have",
      },
    },
    tools,
  );
}

describeProvider(
  {
    name: "withRegistry",
    situations,
    open: async (situation) => {
      const opened = await openOpenai(situation);
      const registry = createModelRegistry({
        "summarizer@2": "llama3.2",
        "embedder@1": opened.embeddingModel ?? "",
        "thinker@1": opened.thinkingModel ?? "",
      });
      return {
        ...opened,
        provider: withRegistry(opened.provider, registry),
        model: "summarizer@2",
        embeddingModel: "embedder@1",
        thinkingModel: "thinker@1",
      };
    },
  },
  tools,
);

describeProvider(
  {
    name: "echo",
    open: async () => ({
      provider: echoProvider(),
      model: "echo:latest",
      embeddingModel: "echo:latest",
      answerTo: (prompt) => `ECHO: ${prompt}`,
      close: async () => {},
    }),
    lacks: {
      "says that it does not have a model, and that asking again is no use": "it answers to every name",
      "asks nobody when the caller has left already": answersAtOnce,
      "says `timeout` when the run has no time left": answersAtOnce,
      "does not wait for a list or for health when the caller has left": answersAtOnce,
    },
  },
  tools,
);
