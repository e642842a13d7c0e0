import { ollama } from "@wasmforge/ollama-adapter";
import { demo } from "@wasmforge/providers";
import type { Configuration } from "../configuration/index.js";
import type { Logger } from "../observability/index.js";
import { describeModel } from "./known-models.js";
import { ModelSource } from "./model-source.js";

export function createModels(
  configuration: Configuration["models"],
  log: Logger,
  options: { readonly lookMs?: number } = {},
): Promise<ModelSource> {
  return ModelSource.create({
    configuration,
    server: ollama({ host: configuration.ollamaUrl }),
    demo: demo({ models: configuration.allowed.map((name) => ({ name, kind: describeModel(name).kind })) }),
    log,
    ...options,
  });
}
