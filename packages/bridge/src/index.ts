export type { BlockingDoor, Door } from "./door.js";
export { ForgeError, type ForgeErrorCode } from "./errors/forge-error.js";
export type { CallErrorCode } from "./gate/call-error.js";
export { createGate } from "./gate/create-gate.js";
export type { Gate, GateAnswer, GateListener, GateUsage } from "./gate/gate.js";
export type { CallResult, CallSummary, GateEvent, LogLevel } from "./gate/gate-event.js";
export type { GateOptions } from "./gate/gate-options.js";
export { ToolError, type ToolErrorCode } from "./gate/tool-error.js";
export type { ToolContext, ToolInfo, ToolSet } from "./gate/tool-set.js";
export {
  defaultLimits,
  type Limit,
  type LimitName,
  type Limits,
  limitTable,
  parseLimits,
  type ResolvedLimits,
} from "./limits/limits.js";
export type { JsonObject, JsonValue, OutputItem } from "./output.js";
export { toPlainData } from "./plain-data.js";
export { decide } from "./policy/decide.js";
export type {
  DecideCall,
  Decision,
  DenialCode,
  HostDecision,
  PolicyUsage,
  RunIdentity,
} from "./policy/decision.js";
export { normalizeModelName } from "./policy/model-name.js";
export { parsePolicy } from "./policy/parse-policy.js";
export type { ArgumentRule, Policy, ResolvedPolicy, ToolRules } from "./policy/policy.js";
export {
  type Caller,
  type CallsPerMinute,
  createRates,
  type Rates,
  type RatesOptions,
} from "./policy/rates.js";
export type { Call, CallOf, CallOp, MeteredCall, ProtocolErrorCode, Reply } from "./protocol.js";
export {
  encodeCall,
  encodeReply,
  ProtocolError,
  parseCall,
  parseReply,
  protocolErrorReply,
  protocolVersion,
} from "./protocol.js";
export { parseGuestObject } from "./protocol-json.js";
export { fromTextBytes, toTextBytes } from "./protocol-text.js";
export { type CollectedAnswer, collectAnswer } from "./provider/collect-answer.js";
export { type EchoProviderOptions, echoProvider } from "./provider/echo-provider.js";
export { type JoinProvidersOptions, joinProviders } from "./provider/join-providers.js";
export type {
  CallContext,
  EmbedAnswer,
  EmbedRequest,
  FinishReason,
  GeneratePart,
  GenerateRequest,
  JsonSchema,
  ModelInfo,
  ModelKind,
  Provider,
  ProviderHealth,
  QueryContext,
  TokenUsage,
} from "./provider/provider.js";
export { ProviderError, type ProviderErrorCode } from "./provider/provider-error.js";
export {
  type ScriptedAnswer,
  type ScriptedProvider,
  type ScriptedProviderOptions,
  scriptedProvider,
} from "./provider/scripted-provider.js";
