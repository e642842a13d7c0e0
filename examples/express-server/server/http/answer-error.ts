import type { ErrorRequestHandler, RequestHandler } from "express";
import { Problem } from "../problem.js";
import { discardRest } from "./discard-rest.js";
import { exchangeOf } from "./exchange.js";
import { problemStatus } from "./problem-status.js";
import { toProblem } from "./to-problem.js";

export const answerNotFound: RequestHandler = () => {
  throw new Problem("not_found", "There is nothing at this address.");
};

/** Clients get a sentence; what really happened goes to the log. */
export const answerError: ErrorRequestHandler = async (error, request, response, _next) => {
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
  await discardRest(request);
  const status = problem ? problemStatus[problem.code] : 500;
  if (status === 401) response.set("WWW-Authenticate", "Bearer");
  if (!request.complete) response.set("Connection", "close");
  if (problem?.retryAfterSeconds !== undefined)
    response.set("Retry-After", String(problem.retryAfterSeconds));
  const detail =
    problem?.message ??
    `Something went wrong on the server. Its log says more, under the request ${requestId}.`;
  response.status(status).set("Cache-Control", "no-store").json({ detail });
};
