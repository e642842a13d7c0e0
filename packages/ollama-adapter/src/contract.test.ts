import { describeProvider } from "@wasmforge/bridge/provider-contract";
import { describe, expect, it } from "vitest";
import { openOllama } from "./test/opened-server.js";

describeProvider(
  {
    name: "ollama",
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
    open: openOllama,
  },
  { describe, it, expect },
);
