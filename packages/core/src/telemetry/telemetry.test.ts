import { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { GeneratePart } from "@wasmforge/bridge";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createForge } from "../forge/create-forge.js";
import { done, plugin, providerOf, quickPool, useForge } from "../test/forge.js";

const spans = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 1e6 });
const meterProvider = new MeterProvider({ readers: [reader] });

const options = {
  seats: 1,
  providers: [
    providerOf(async function* ({ prompt }): AsyncGenerator<GeneratePart> {
      tracerProvider.getTracer("provider").startSpan("http").end();
      if (prompt === "fail") throw new Error("secret");
      yield { type: "text", text: "secret answer" };
      yield done;
    }),
  ],
  tools: {
    look: {
      description: "",
      input: z.object({}),
      run: () => void tracerProvider.getTracer("tool").startSpan("query").end(),
    },
  },
  policy: { models: ["m"], tools: { look: true as const } },
};
const forge = useForge({ ...options, telemetry: { tracerProvider, meterProvider } });
const everything = `
call_ai("m", "secret prompt")
try: call_ai("m", "fail")
except AIError: pass
try: call_ai("other", "x")
except AIError: pass
sdk.tools.look()
`;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return () => {
    context.disable();
    trace.disable();
    metrics.disable();
  };
});
afterEach(() => spans.reset());

async function collected() {
  await reader.forceFlush();
  const found = metricExporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
  metricExporter.reset();
  return new Map(found.flatMap(({ metrics }) => metrics).map((metric) => [metric.descriptor.name, metric]));
}

describe("the spans of a run", () => {
  it("are one for the run, and one for each call of a model or tool, by OpenTelemetry's names", async () => {
    await forge().run(plugin(everything, "summarize"), { tenant: "acme" });
    const finished = spans.getFinishedSpans();
    const run = finished.find(({ name }) => name === "wasmforge.run") ?? expect.fail("there is no span");
    expect(run.attributes).toMatchObject({
      "wasmforge.plugin.name": "summarize",
      "wasmforge.tenant": "acme",
      "wasmforge.outcome.status": "completed",
      "wasmforge.usage.calls": 4,
      "gen_ai.usage.input_tokens": expect.any(Number),
      "wasmforge.usage.compute_ms": expect.any(Number),
    });
    expect(run.status.code).toBe(SpanStatusCode.UNSET);
    expect(run.events).toMatchObject([
      {
        name: "wasmforge.call.denied",
        attributes: { "wasmforge.call.op": "call_ai", "wasmforge.call.denial_code": "model_not_allowed" },
      },
    ]);
    const children = finished.filter((span) => span.parentSpanContext?.spanId === run.spanContext().spanId);
    const summary = children.map(({ name, kind, status }) => ({ name, kind, status: status.code }));
    const { UNSET, ERROR } = SpanStatusCode;
    expect(summary).toEqual(
      expect.arrayContaining([
        { name: "chat m:latest", kind: SpanKind.CLIENT, status: UNSET },
        { name: "chat m:latest", kind: SpanKind.CLIENT, status: ERROR },
        { name: "execute_tool look", kind: SpanKind.INTERNAL, status: UNSET },
        // What providers and tools trace of their own.
        { name: "http", kind: SpanKind.INTERNAL, status: UNSET },
        { name: "query", kind: SpanKind.INTERNAL, status: UNSET },
      ]),
    );
    expect(children.find(({ name }) => name === "chat m:latest")?.attributes).toEqual({
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "m:latest",
      "gen_ai.provider.name": "test",
      "gen_ai.usage.input_tokens": 3,
      "gen_ai.usage.output_tokens": 5,
    });
    expect(
      JSON.stringify(finished.map(({ name, attributes, events }) => [name, attributes, events])),
    ).not.toContain("secret");
  });

  it("lie below the span that the app was in", async () => {
    const tracer = tracerProvider.getTracer("app");
    await tracer.startActiveSpan("request", async (request) => {
      await forge().run(plugin(""));
      request.end();
      const run = spans.getFinishedSpans().find(({ name }) => name === "wasmforge.run");
      expect(run?.parentSpanContext?.spanId).toBe(request.spanContext().spanId);
    });
  });

  it("end, as errors, with a run that was ended", async () => {
    await forge().run(plugin("while True: pass"), { limits: { computeMs: 100 } });
    const [run] = spans.getFinishedSpans();
    expect(run?.status.code).toBe(SpanStatusCode.ERROR);
    expect(run?.attributes).toMatchObject({
      "wasmforge.outcome.status": "stopped",
      "wasmforge.outcome.reason": "compute",
    });
  });
});

describe("an SDK that fails", () => {
  const fail = (): never => {
    throw new Error("a mistake of the SDK's");
  };
  const records: unknown[] = [];
  const at = (place: "span" | "end" | "child" | "count") => {
    const span = { ...trace.getTracer("none").startSpan("x"), isRecording: () => true };
    const methods = {
      setAttributes() {},
      addEvent() {},
      setStatus() {},
      end: place === "end" ? fail : () => {},
    };
    let spans = 0;
    return {
      tracerProvider: {
        getTracer: () => ({
          startSpan() {
            spans += 1;
            if (place === "span" || (place === "child" && spans > 1)) fail();
            return Object.assign(span, methods, {
              spanContext: () => ({ traceId: "", spanId: "", traceFlags: 0 }),
            });
          },
        }),
      } as never,
      meterProvider: (place === "count" ? { getMeter: fail } : undefined) as never,
    };
  };
  const sink = { write: (lines: readonly string[]) => void records.push(...lines) };

  it.each(["span", "end", "child", "count"] as const)("at its %s costs a run nothing", async (place) => {
    const { tracerProvider, meterProvider } = at(place);
    const telemetry = { tracerProvider, ...(place === "count" && { meterProvider }) };
    records.length = 0;
    const failing = await createForge({ ...options, pool: quickPool, telemetry, audit: { sink } });
    const source = "send_output(call_ai('m', 'prompt'))";
    expect(await failing.run(plugin(source))).toMatchObject({ status: "completed", output: "secret answer" });
    await failing.close();
    expect(records).toHaveLength(1);
  });
});

describe("the metrics of runs", () => {
  it("are durations, memory, denials and tokens, with neither plugin nor tenant", async () => {
    await collected();
    await forge().run(plugin(everything, "summarize"), { tenant: "acme" });
    const found = await collected();
    expect([...found.keys()].sort()).toEqual([
      "gen_ai.client.operation.duration",
      "gen_ai.client.token.usage",
      "wasmforge.calls.denied",
      "wasmforge.run.compute.duration",
      "wasmforge.run.duration",
      "wasmforge.run.memory.peak",
      "wasmforge.run.queue.duration",
    ]);
    expect(found.get("wasmforge.run.duration")?.dataPoints).toMatchObject([
      { attributes: { "wasmforge.outcome.status": "completed" }, value: { count: 1 } },
    ]);
    expect(found.get("gen_ai.client.token.usage")?.dataPoints).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          attributes: expect.objectContaining({ "gen_ai.token.type": "output" }),
          value: expect.objectContaining({ sum: 5 }),
        }),
      ]),
    );
    expect(found.get("wasmforge.calls.denied")?.dataPoints).toMatchObject([{ value: 1 }]);
    const attributes = [...found.values()].flatMap(({ dataPoints }) =>
      dataPoints.map((point) => point.attributes),
    );
    expect(JSON.stringify(attributes)).not.toMatch(/summarize|acme|secret/);
  });
});

describe("telemetry", () => {
  const global = useForge(options);
  const silent = useForge({ ...options, telemetry: false });

  it("goes to the SDK that the app registers, even after the Forge was made", async () => {
    await global().run(plugin(""));
    expect(spans.getFinishedSpans()).toEqual([]);
    trace.setGlobalTracerProvider(tracerProvider);
    metrics.setGlobalMeterProvider(meterProvider);
    await collected();
    await global().run(plugin(""));
    expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual(["wasmforge.run"]);
    expect((await collected()).has("wasmforge.run.duration")).toBe(true);
    spans.reset();
    await silent().run(plugin(""));
    expect(spans.getFinishedSpans()).toEqual([]);
    expect((await collected()).size).toBe(0);
  });
});
