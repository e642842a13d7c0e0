import { describeProvider } from "@wasmforge/bridge/provider-contract";
import { describe, expect, it } from "vitest";
import { demo } from "./demo.js";

describeProvider(
  {
    name: "demo",
    open: async () => ({
      provider: demo(),
      model: "demo:latest",
      embeddingModel: "demo-embed:latest",
      close: async () => {},
    }),
  },
  { describe, it, expect },
);
