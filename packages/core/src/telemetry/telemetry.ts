/**
 * Spans and metrics of runs, through OpenTelemetry's API: they go nowhere, and cost next to nothing, until the host app
 * sets up an SDK. Nothing that a plugin or a model wrote is in them.
 *
 * Metrics say neither plugin nor tenant, since whoever may name those could fill a collector's memory.
 */
import {
  type Attributes,
  context,
  type MeterProvider,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { type CallSummary, ForgeError, type GateEvent } from "@wasmforge/bridge";
import type { RunWatch, RunWatchEnd, RunWatcher } from "../run/execute-run.js";
import type { Outcome } from "../run/outcome.js";
import type { ResolvedRun } from "../run/run-options.js";
import { createInstruments, type Instruments } from "./instruments.js";
import { attribute, deniedEvent, libraryName, runSpan } from "./names.js";
import { withoutHarm } from "./without-harm.js";

/** OpenTelemetry providers of your own. */
export interface TelemetryOptions {
  /** @default the one that is registered globally when a run begins */
  readonly tracerProvider?: TracerProvider;
  /** @default the one that is registered globally when a run begins */
  readonly meterProvider?: MeterProvider;
}

export function observeRuns({ tracerProvider, meterProvider }: TelemetryOptions): RunWatcher {
  let tracer: Tracer | undefined;
  let measured: { readonly by: MeterProvider; readonly instruments: Instruments | undefined } | undefined;

  return withoutHarm((run) => {
    tracer ??= (tracerProvider ?? trace).getTracer(libraryName);
    const by = meterProvider ?? metrics.getMeterProvider();
    if (measured?.by !== by) measured = { by, instruments: createInstruments(by) };
    const span = tracer.startSpan(runSpan, { attributes: attributesOf(run) });
    const isRecording = span.isRecording();
    if (!isRecording && !measured.instruments) return undefined;
    return new ObservedRun(tracer, isRecording ? span : undefined, measured.instruments);
  });
}

class ObservedRun implements RunWatch {
  readonly #tracer: Tracer;
  readonly #span: Span | undefined;
  readonly #instruments: Instruments | undefined;
  readonly #calls = new Map<number, Span>();

  constructor(tracer: Tracer, span: Span | undefined, instruments: Instruments | undefined) {
    this.#tracer = tracer;
    this.#span = span;
    this.#instruments = instruments;
  }

  /** What providers and tools trace of their own belongs to the run. */
  within<T>(serve: () => T): T {
    return this.#span ? context.with(trace.setSpan(context.active(), this.#span), serve) : serve();
  }

  on(event: GateEvent): void {
    switch (event.type) {
      case "call_started":
        this.#begin(event.call);
        break;
      case "call_finished":
        this.#finish(event);
        break;
      case "call_denied": {
        const attributes = { [attribute.callOp]: event.call.op, [attribute.denialCode]: event.code };
        this.#span?.addEvent(deniedEvent, attributes);
        this.#instruments?.denials.add(1, attributes);
        break;
      }
    }
  }

  end(end: RunWatchEnd): void {
    for (const span of this.#calls.values()) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: "the run ended first" });
      span.end();
    }
    this.#calls.clear();
    const outcome = outcomeAttributes(end);
    const usage = "outcome" in end ? end.outcome.usage : end.usage;
    this.#instruments?.runDuration.record(usage.wallMs / 1_000, outcome);
    this.#instruments?.runQueue.record(usage.queueMs / 1_000, outcome);
    this.#instruments?.runCompute.record(usage.computeMs / 1_000, outcome);
    this.#instruments?.runMemory.record(usage.peakMemoryBytes, outcome);
    this.#span?.setAttributes({
      ...outcome,
      [attribute.computeMs]: usage.computeMs,
      [attribute.waitMs]: usage.waitMs,
      [attribute.queueMs]: usage.queueMs,
      [attribute.peakMemoryBytes]: usage.peakMemoryBytes,
      [attribute.calls]: usage.calls,
      [attribute.outputBytes]: usage.outputBytes,
      [attribute.inputTokens]: usage.promptTokens,
      [attribute.outputTokens]: usage.completionTokens,
    });
    if (!("outcome" in end && end.outcome.status === "completed")) {
      this.#span?.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.#span?.end();
  }

  #begin(call: CallSummary): void {
    const operation = operationOf(call);
    if (!operation || !this.#span) return;
    const name = call.target === undefined ? operation : `${operation} ${call.target}`;
    const kind = operation === "execute_tool" ? SpanKind.INTERNAL : SpanKind.CLIENT;
    const parent = trace.setSpan(context.active(), this.#span);
    this.#calls.set(call.callId, this.#tracer.startSpan(name, { kind, attributes: targetOf(call) }, parent));
  }

  #finish({ call, result }: Extract<GateEvent, { type: "call_finished" }>): void {
    if (!operationOf(call)) return;
    const { provider, promptTokens, completionTokens, queueMs, code } = result;
    const told: Attributes = {
      ...targetOf(call),
      ...(provider !== undefined && { [attribute.provider]: provider }),
      ...(!result.ok && { [attribute.errorType]: code ?? "_OTHER" }),
    };
    this.#instruments?.callDuration.record(result.durationMs / 1_000, told);
    if (promptTokens !== undefined) {
      this.#instruments?.tokens.record(promptTokens, { ...told, [attribute.tokenType]: "input" });
    }
    if (completionTokens !== undefined) {
      this.#instruments?.tokens.record(completionTokens, { ...told, [attribute.tokenType]: "output" });
    }
    const span = this.#calls.get(call.callId);
    this.#calls.delete(call.callId);
    span?.setAttributes({
      ...told,
      ...(promptTokens !== undefined && { [attribute.inputTokens]: promptTokens }),
      ...(completionTokens !== undefined && { [attribute.outputTokens]: completionTokens }),
      ...(queueMs !== undefined && { [attribute.callQueueMs]: queueMs }),
    });
    if (!result.ok) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  }
}

/** What OpenTelemetry calls it. Other calls cost nobody anything and have no spans. */
function operationOf({ op }: CallSummary): "chat" | "embeddings" | "execute_tool" | undefined {
  switch (op) {
    case "call_ai":
      return "chat";
    case "embed":
      return "embeddings";
    case "call_tool":
      return "execute_tool";
    default:
      return undefined;
  }
}

function targetOf(call: CallSummary): Attributes {
  const operation = operationOf(call);
  const target = operation === "execute_tool" ? attribute.tool : attribute.model;
  return {
    ...(operation && { [attribute.operation]: operation }),
    ...(call.target !== undefined && { [target]: call.target }),
  };
}

function attributesOf({ runId, plugin, tenant }: ResolvedRun): Attributes {
  return {
    [attribute.runId]: runId,
    [attribute.plugin]: plugin.name,
    [attribute.pluginHash]: plugin.sha256,
    [attribute.tenant]: tenant,
  };
}

function outcomeAttributes(end: RunWatchEnd): Attributes {
  if ("error" in end) {
    return {
      [attribute.status]: "error",
      [attribute.errorType]: ForgeError.is(end.error) ? end.error.code : "seat_failed",
    };
  }
  return { [attribute.status]: end.outcome.status, ...reasonOf(end.outcome) };
}

function reasonOf(outcome: Outcome): Attributes {
  return outcome.status === "stopped" ? { [attribute.reason]: outcome.reason } : {};
}
