/**
 * What spans, metrics and their attributes are called. Those that begin with `gen_ai` and `error` are OpenTelemetry's own:
 * https://opentelemetry.io/docs/specs/semconv/gen-ai/
 */
export const attribute = {
  errorType: "error.type",
  operation: "gen_ai.operation.name",
  provider: "gen_ai.provider.name",
  model: "gen_ai.request.model",
  inputTokens: "gen_ai.usage.input_tokens",
  outputTokens: "gen_ai.usage.output_tokens",
  tokenType: "gen_ai.token.type",
  tool: "gen_ai.tool.name",
  runId: "wasmforge.run.id",
  plugin: "wasmforge.plugin.name",
  pluginHash: "wasmforge.plugin.sha256",
  tenant: "wasmforge.tenant",
  runtime: "wasmforge.runtime",
  status: "wasmforge.outcome.status",
  reason: "wasmforge.outcome.reason",
  computeMs: "wasmforge.usage.compute_ms",
  waitMs: "wasmforge.usage.wait_ms",
  queueMs: "wasmforge.usage.queue_ms",
  peakMemoryBytes: "wasmforge.usage.peak_memory_bytes",
  calls: "wasmforge.usage.calls",
  outputBytes: "wasmforge.usage.output_bytes",
  callOp: "wasmforge.call.op",
  denialCode: "wasmforge.call.denial_code",
  callQueueMs: "wasmforge.call.queue_ms",
} as const;

export const runSpan = "wasmforge.run";
export const deniedEvent = "wasmforge.call.denied";
export const libraryName = "@wasmforge/core";
