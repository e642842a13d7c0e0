/** What host apps import. What they need of `@wasmforge/bridge` is here too, so that one import is enough. */
export {
  type ArgumentRule,
  type CallContext,
  type CallErrorCode,
  type CallResult,
  type CallSummary,
  type DecideCall,
  type Decision,
  type DenialCode,
  defaultLimits,
  type EmbedAnswer,
  type EmbedRequest,
  echoProvider,
  type FinishReason,
  ForgeError,
  type ForgeErrorCode,
  type GeneratePart,
  type GenerateRequest,
  type HostDecision,
  type JsonObject,
  type JsonValue,
  type Limit,
  type LimitName,
  type Limits,
  type LogLevel,
  limitTable,
  type MeteredCall,
  type ModelInfo,
  type ModelKind,
  type OutputItem,
  type Policy,
  type PolicyUsage,
  type Provider,
  ProviderError,
  type ProviderErrorCode,
  type ProviderHealth,
  type QueryContext,
  type ResolvedLimits,
  type ResolvedPolicy,
  type RunIdentity,
  scriptedProvider,
  type TokenUsage,
  type ToolContext,
  ToolError,
  type ToolErrorCode,
  type ToolInfo,
  type ToolRules,
} from "@wasmforge/bridge";
export type { InputFile, PluginError } from "@wasmforge/python-runtime";
export type {
  AuditedCall,
  AuditedContent,
  AuditedOutcome,
  AuditRecord,
} from "./audit/audit-record.js";
export type { AuditPosition, AuditSink } from "./audit/audit-sink.js";
export { type JsonLinesFileOptions, jsonLinesFile } from "./audit/platform/json-lines-file.js";
export { type AuditVerdict, verifyAudit } from "./audit/verify-audit.js";
export type { CheckProblem, CheckProblemCode, CheckReport } from "./check/check-report.js";
export { createForge } from "./forge/create-forge.js";
export type { CheckOptions, Forge, PreparedPlugin, ReplayOptions } from "./forge/forge.js";
export type { AuditOptions, CallFault, ForgeOptions, PoolTuning } from "./forge/forge-options.js";
export type { Plugin, ResolvedPlugin } from "./plugin/plugin.js";
export type { JobStopReason as StopReason } from "./pool/job.js";
export type { PoolRuntime, PoolStats } from "./pool/pool.js";
export type { RecordedAnswer, RecordedContent, RunRecord } from "./replay/run-record.js";
export type {
  CompletedOutcome,
  FailedOutcome,
  Outcome,
  RunRemains,
  RunUsage,
  StoppedOutcome,
} from "./run/outcome.js";
export type { RunEvent } from "./run/run-event.js";
export type { RunOptions } from "./run/run-options.js";
export type { RunLimits } from "./run/stricter.js";
export type { Session, SessionOptions, SessionRunOptions } from "./session/session.js";
export type { TelemetryOptions } from "./telemetry/telemetry.js";
export {
  defineTool,
  type HostTool,
  type HostTools,
  type ToolInput,
  type ToolInputs,
} from "./tools/host-tool.js";
