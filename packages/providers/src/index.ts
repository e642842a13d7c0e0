export { type FromAiSdkOptions, fromAiSdk } from "./ai-sdk/from-ai-sdk.js";
export type { AiSdkCall, AiSdkContent, AiSdkMessage, AiSdkModel } from "./ai-sdk/model.js";
export { type DemoModel, type DemoOptions, type DemoProvider, demo } from "./demo/demo.js";
export { formatModelsReport, type ModelsReport, reportModels } from "./models-report.js";
export {
  type OpenaiCompatibleProvider,
  openaiCompatible,
} from "./openai/openai-compatible.js";
export type { DeclaredModel, OpenaiCompatibleOptions } from "./openai/options.js";
export { readDeclarations, readModelRegistry } from "./platform/read-model-registry.js";
export {
  type AliasLimits,
  createModelRegistry,
  type Declarations,
  type DeclaredAlias,
  type ModelRegistry,
  type ResolvedAlias,
} from "./registry/model-registry.js";
export { type RegistryOptions, type WeightsReport, withRegistry } from "./registry/with-registry.js";
export { type Routes, route } from "./route/route.js";
export type { DispatcherStatus, DispatchOptions, HostStatus } from "./toolkit/index.js";
