import { describeProvider, type Situation } from "@wasmforge/bridge/provider-contract";
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
