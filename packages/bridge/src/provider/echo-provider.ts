import type { Provider } from "./provider.js";

export interface EchoProviderOptions {
  /** What `models` lists. Any other name is answered too. @default ["echo:latest"] */
  readonly models?: readonly string[];
}

/** Answers every prompt with `ECHO: ` and the prompt. Same in, same out; for tests and for trying things out. */
export function echoProvider({ models = ["echo:latest"] }: EchoProviderOptions = {}): Provider {
  return {
    version: 1,
    name: "echo",
    async *generate({ prompt }) {
      yield { type: "text", text: `ECHO: ${prompt}` };
      const tokens = countWords(prompt);
      yield {
        type: "done",
        reason: "stop",
        usage: { promptTokens: tokens, completionTokens: tokens + 1 },
      };
    },
    models: async () =>
      models.map((name) => ({ name, kind: "text", description: "answers with the prompt", available: true })),
    health: async () => ({ status: "connected", message: "always there" }),
  };
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
