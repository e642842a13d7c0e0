import { createHash } from "node:crypto";
import { describeProvider, type Situation } from "@wasmforge/bridge/provider-contract";
import { createModelRegistry, withRegistry } from "@wasmforge/providers";
import { fetchTransport } from "@wasmforge/providers/toolkit";
import { describe, expect, it } from "vitest";
import { openOllama } from "./test/opened-server.js";

const tools = { describe, it, expect };
const situations: readonly Situation[] = [
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
];

describeProvider({ name: "ollama", situations, open: (situation) => openOllama(situation) }, tools);

describeProvider(
  {
    name: "ollama behind a registry that trusts certain weights",
    situations,
    open: async (situation) => {
      const opened = await openOllama(situation);
      const { provider, model, embeddingModel, thinkingModel } = opened;
      const trusted = (name: string) =>
        `${name}@sha256:${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
      const registry = createModelRegistry({
        "summarizer@2": trusted(model),
        "embedder@1": trusted(embeddingModel ?? ""),
        "thinker@1": trusted(thinkingModel ?? ""),
      });
      return {
        ...opened,
        provider: withRegistry(provider, registry, { onOtherWeights: "refuse" }),
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
    name: "ollama over fetch",
    situations,
    open: async (situation) => {
      const opened = await openOllama(situation, { transport: fetchTransport(fetch) });
      // What fetch keeps open is its own.
      const { untilClosed: _, ...rest } = opened;
      return rest;
    },
  },
  tools,
);
