import { echoProvider } from "@wasmforge/core";
import { ollama } from "@wasmforge/ollama-adapter";
import type { Configuration } from "../configuration/index.js";
import type { Logger } from "../observability/index.js";
import { withTag } from "./known-models.js";
import { ModelSource } from "./model-source.js";

export function createModels(configuration: Configuration["models"], log: Logger): Promise<ModelSource> {
  return ModelSource.create({
    configuration,
    server: ollama({ host: configuration.ollamaUrl }),
    demo: echoProvider({ models: configuration.allowed.map(withTag) }),
    log,
  });
}
