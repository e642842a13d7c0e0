export type { BlockingDoor, Door } from "./door.js";
export { ForgeError, type ForgeErrorCode } from "./errors/forge-error.js";
export type { Gate, GateAnswer, GateListener, GateUsage } from "./gate/gate.js";
export type { CallResult, CallSummary, GateEvent, LogLevel } from "./gate/gate-event.js";
export type { JsonObject, JsonValue, OutputItem } from "./output.js";
export type { ArgumentRule, Policy, ToolRules } from "./policy/policy.js";
export type { Call, CallOp, ProtocolErrorCode, Reply } from "./protocol.js";
export {
  defaultMaxPayloadBytes,
  encodeCall,
  encodeReply,
  ProtocolError,
  parseCall,
  parseReply,
  protocolErrorReply,
} from "./protocol.js";
export { parseGuestObject } from "./protocol-json.js";
export { fromTextBytes, toTextBytes } from "./protocol-text.js";
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
