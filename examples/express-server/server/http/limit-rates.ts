import type { ErrorRequestHandler, RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { Problem } from "../problem.js";
import { exchangeOf } from "./exchange.js";

const minuteMs = 60_000;

/**
 * A limit for each token, and for each address without one. Counted by this server alone: behind several, the limits add
 * up. The one user of an open server, and operators, are not held up.
 *
 * @param perMinute 0 for no limit
 */
export function limitRate(perMinute: number, what: string): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  const limit = rateLimit({
    windowMs: minuteMs,
    limit: perMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    identifier: what,
    keyGenerator: (request, response) => {
      const { identity } = exchangeOf(response as never);
      return identity.tokenId ?? identity.user ?? ipKeyGenerator(request.ip ?? "unknown");
    },
    handler: (_request, response, next) => {
      const reset = Number(response.getHeader("Retry-After") ?? 60);
      next(
        new Problem("too_many", `Too many ${what} in a minute: try again later.`, {
          retryAfterSeconds: reset,
        }),
      );
    },
  });
  return (request, response, next) => {
    const { kind } = exchangeOf(response).identity;
    if (kind === "local" || kind === "operator") next();
    else limit(request, response, next);
  };
}

/**
 * Those who send tokens that are not known are told to slow down, each address by itself. Good tokens are not asked: many
 * people may share an address with one who guesses.
 */
export function limitFailures(): ErrorRequestHandler {
  const limit = rateLimit({
    windowMs: minuteMs,
    limit: 60,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? "unknown"),
    handler: (_request, _response, next) => {
      next(new Problem("too_many", "Too many unknown tokens: try again later.", { retryAfterSeconds: 60 }));
    },
  });
  return (error, request, response, next) => {
    const isFailure = error instanceof Problem && error.code === "unauthorized";
    const proceed = (refused?: unknown) => next(refused ?? error);
    if (isFailure) limit(request, response, proceed);
    else next(error);
  };
}
