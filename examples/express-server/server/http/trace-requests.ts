import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { RequestHandler } from "express";
import { exchangeOf } from "./exchange.js";

const tracer = trace.getTracer("wasmforge-server");

/** A span for each request, part of the caller's trace if there is one. What a request leads to becomes part of it. */
export const traceRequests: RequestHandler = (request, response, next) => {
  const callers = propagation.extract(context.active(), request.headers);
  const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, callers);
  response.once("close", () => {
    const { route, requestId, runId } = exchangeOf(response);
    const path = route?.path ?? "other";
    span.updateName(`${request.method} ${path}`);
    span.setAttributes({
      "http.request.method": request.method,
      "http.route": path,
      "http.response.status_code": response.statusCode,
      "wasmforge.request.id": requestId,
      ...(runId !== undefined && { "wasmforge.run.id": runId }),
    });
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(callers, span), next);
};
