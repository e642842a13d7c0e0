import { describeProvider, type Situation } from "@wasmforge/bridge/provider-contract";
import { describe, expect, it } from "vitest";
import { ownProvider } from "./own-provider.mjs";
import { startOwnServer } from "./own-server.mjs";

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

describeProvider(
  {
    name: "own",
    situations,
    async open(situation) {
      const server = await startOwnServer(situation);
      return {
        provider: ownProvider(server.url, { maxAttempts: 1 }),
        model: "parrot:latest",
        answerTo: (prompt) => `You said: ${prompt}`,
        addresses: [server.url],
        untilAsked: () => server.asked,
        untilFree: async () => void (await Promise.all(server.answers)),
        close: server.close,
      };
    },
  },
  { describe, it, expect },
);
