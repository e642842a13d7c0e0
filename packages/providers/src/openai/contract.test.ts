import { describeProvider } from "@wasmforge/bridge/provider-contract";
import { describe, expect, it } from "vitest";
import { openOpenai } from "./test/opened-server.js";

describeProvider(
  {
    name: "openaiCompatible",
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
    open: openOpenai,
  },
  { describe, it, expect },
);
