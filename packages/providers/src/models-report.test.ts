import { echoProvider, type Provider, ProviderError } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { formatModelsReport, reportModels } from "./models-report.js";

describe("a report on models", () => {
  it("says what there is and how it does, a line for each model", async () => {
    const provider: Provider = {
      ...echoProvider(),
      models: async () => [
        {
          name: "llama3.2:latest",
          kind: "text",
          description: "llama, 3.2B",
          available: true,
          contextLength: 8192,
          digest: `sha256:${"a".repeat(64)}`,
        },
        {
          name: "x:latest",
          kind: "embedding",
          description: "",
          available: false,
          notice: "\u001b[31mred\nalert",
        },
      ],
      health: async () => ({ status: "connected", url: "http://gpu:11434", message: "Ollama 0.12.6" }),
    };
    expect(formatModelsReport(await reportModels(provider)).split("\n")).toEqual([
      "echo: connected at http://gpu:11434 (Ollama 0.12.6)",
      "  llama3.2:latest  text       available      8192 tokens  aaaaaaaaaaaa  llama, 3.2B",
      "  x:latest         embedding  not available                              [31mred alert",
    ]);
  });

  it("says so when there is nobody", async () => {
    const down: Provider = {
      ...echoProvider(),
      models: () => Promise.reject(new ProviderError("unavailable", "the model server cannot be reached")),
      health: async () => ({ status: "disconnected", message: "down" }),
    };
    const report = await reportModels(down);
    expect(report).toMatchObject({ models: [], problem: "the model server cannot be reached" });
    expect(formatModelsReport(report)).toBe(
      "echo: disconnected (down)\n  no models: the model server cannot be reached",
    );
  });
});
