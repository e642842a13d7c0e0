export { type FromAiSdkOptions, fromAiSdk } from "./ai-sdk/from-ai-sdk.js";
export type { AiSdkCall, AiSdkContent, AiSdkMessage, AiSdkModel } from "./ai-sdk/model.js";
export {
  type OpenaiCompatibleProvider,
  openaiCompatible,
} from "./openai/openai-compatible.js";
export type { DeclaredModel, OpenaiCompatibleOptions } from "./openai/options.js";
export type { DispatcherStatus, DispatchOptions, HostStatus } from "./toolkit/index.js";
