import type { RequestHandler } from "express";
import type { Logger, Metrics } from "../observability/index.js";
import { exchangeOf } from "./exchange.js";

/** A line in the log for each request, and its time in the metrics. No query, no body: they may hold anything. */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once("close", () => {
      const { requestId, identity, route, runId } = exchangeOf(response);
      const seconds = (performance.now() - startedAt) / 1_000;
      const path = route?.path ?? "other";
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.observeRequest({ method: request.method, path, status, seconds });
      const level = path.startsWith("/health") || path === "/metrics" ? "debug" : "info";
      log[level](
        {
          request_id: requestId,
          method: request.method,
          path,
          status,
          ms: Math.round(seconds * 1e6) / 1_000,
          user: identity.user,
          ...(identity.tokenId && { token_id: identity.tokenId }),
          ...(runId && { run_id: runId }),
        },
        "request",
      );
    });
    next();
  };
}
