/** Asks the fake model server of `host-setup.ts`. */
import { ProviderError } from "@wasmforge/bridge";
import type { GeneratePart, Provider } from "@wasmforge/core";

/** Those that plugins may call. */
export const MODELS = ["llama3.2:latest", "mistral:latest"];

export function modelProvider(url: string): Provider {
  return {
    version: 1,
    name: "probe",
    async *generate({ model, prompt }, { signal }): AsyncGenerator<GeneratePart> {
      const response = await fetch(url, { method: "POST", body: JSON.stringify({ model, prompt }), signal });
      if (!response.ok) {
        throw new ProviderError("unavailable", `the model server answered ${response.status}`);
      }
      const { response: text } = (await response.json()) as { readonly response: string };
      yield { type: "text", text };
      yield {
        type: "done",
        reason: "stop",
        usage: { promptTokens: prompt.length, completionTokens: text.length },
      };
    },
    models: async () => MODELS.map((name) => ({ name, kind: "text", description: "", available: true })),
    health: async () => ({ status: "connected", message: "" }),
  };
}
