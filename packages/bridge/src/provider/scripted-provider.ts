import type { GeneratePart, GenerateRequest, Provider } from "./provider.js";
import { ProviderError } from "./provider-error.js";

/** A text is a whole answer, a list is its parts as they are, an error is thrown. */
export type ScriptedAnswer = string | readonly GeneratePart[] | Error;

export interface ScriptedProvider extends Provider {
  /** What it was asked, in order. */
  readonly requests: readonly GenerateRequest[];
}

export interface ScriptedProviderOptions {
  /** What `models` lists. @default none */
  readonly models?: readonly string[];
}

/** Gives these answers, one a call, in order; for tests. After the last one it is `unavailable`. */
export function scriptedProvider(
  answers: readonly ScriptedAnswer[],
  { models = [] }: ScriptedProviderOptions = {},
): ScriptedProvider {
  const requests: GenerateRequest[] = [];
  const description = "follows a script";
  return {
    version: 1,
    name: "scripted",
    requests,
    async *generate(request) {
      const answer = answers[requests.push(request) - 1];
      if (answer === undefined) {
        throw new ProviderError("unavailable", "the script is at its end");
      }
      if (answer instanceof Error) {
        throw answer;
      }
      if (typeof answer !== "string") {
        yield* answer;
        return;
      }
      yield { type: "text", text: answer };
      yield { type: "done", reason: "stop", usage: { promptTokens: 1, completionTokens: 1 } };
    },
    models: async () => models.map((name) => ({ name, kind: "text", description, available: true })),
    health: async () => ({ status: "connected", message: "it follows its script" }),
  };
}
