import { metrics } from "@opentelemetry/api";

export interface TelemetryOptions {
  /** Of the collector: traces go to `/v1/traces` below it, metrics to `/v1/metrics`. */
  readonly url: string;
  readonly version: string;
}

/**
 * Sends what the Forge and the server tell OpenTelemetry to a collector. Loaded only where there is one: it is a lot of
 * code. The variables with OTEL_ in front that say how, such as OTEL_EXPORTER_OTLP_HEADERS, are read by OpenTelemetry.
 */
export async function createTelemetry({ url, version }: TelemetryOptions): Promise<AsyncDisposable> {
  const [
    { BatchSpanProcessor, NodeTracerProvider },
    { OTLPTraceExporter },
    { MeterProvider, PeriodicExportingMetricReader },
    { OTLPMetricExporter },
    { defaultResource, resourceFromAttributes },
  ] = await Promise.all([
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/sdk-metrics"),
    import("@opentelemetry/exporter-metrics-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const base = url.replace(/\/$/, "");
  const own = resourceFromAttributes({ "service.name": "wasmforge-server", "service.version": version });
  // OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME have the last word.
  const resource = own.merge(defaultResource());
  const traces = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${base}/v1/traces` }))],
  });
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }) }),
    ],
  });
  traces.register();
  metrics.setGlobalMeterProvider(meters);
  return {
    [Symbol.asyncDispose]: async () => {
      // A collector that is gone must not keep the server from ending.
      await Promise.allSettled([traces.shutdown(), meters.shutdown()]);
    },
  };
}
