import type { ErrorRequestHandler, RequestHandler } from "express";
import { Problem } from "../problem.js";
import { isDatabaseAway } from "../storage/index.js";
import { exchangeOf } from "./exchange.js";
import { problemStatus } from "./problem-status.js";

export const answerNotFound: RequestHandler = () => {
  throw new Problem("not_found", "There is nothing at this address.");
};

/** Clients get a sentence; what really happened goes to the log. */
export const answerError: ErrorRequestHandler = (error, request, response, _next) => {
  const { log, requestId } = exchangeOf(response);
  const problem = toProblem(error);
  if (problem === undefined || problem.cause !== undefined) {
    log[problem === undefined ? "error" : "warn"]({ err: error }, "request failed");
  }
  if (response.headersSent) {
    // An answer that was begun cannot be taken back: cut it off, so that nobody takes it for whole.
    response.destroy();
    return;
  }
  const status = problem ? problemStatus[problem.code] : 500;
  if (status === 401) response.set("WWW-Authenticate", "Bearer");
  if (status === 413 || !request.complete) response.set("Connection", "close");
  if (problem?.retryAfterSeconds !== undefined)
    response.set("Retry-After", String(problem.retryAfterSeconds));
  const detail =
    problem?.message ??
    `Something went wrong on the server. Its log says more, under the request ${requestId}.`;
  response.status(status).set("Cache-Control", "no-store").json({ detail });
};

function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (isDatabaseAway(error)) {
    return new Problem("unavailable", "The database cannot be reached at the moment: try again soon.", {
      cause: error,
      retryAfterSeconds: 5,
    });
  }
  // What Express itself refuses, such as a path that cannot be decoded.
  const status = (error as { readonly status?: unknown } | undefined)?.status;
  if (status === 400) return new Problem("invalid", "The request is malformed.");
  if (status === 413) return new Problem("too_large", "The request is too large.");
  return undefined;
}
