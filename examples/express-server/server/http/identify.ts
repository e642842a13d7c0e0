import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { RequestHandler } from "express";
import { type Authenticator, operatorIdentity, refuseForeignPages } from "../auth/index.js";
import type { AccessConfiguration } from "../configuration/index.js";
import type { Logger } from "../observability/index.js";
import { exchangeOf, KnownExchange, setExchange } from "./exchange.js";

/** Gives each request a name of its own, for its answer and the log. */
export function nameRequest(log: Logger): RequestHandler {
  return (request, response, next) => {
    const requestId = randomUUID();
    response.setHeader("X-Request-Id", requestId);
    setExchange(response, new KnownExchange(requestId, request, log));
    next();
  };
}

export interface IdentifyOptions {
  readonly access: AccessConfiguration;
  readonly authenticator: Authenticator;
  /** Connections that came through the data folder. */
  readonly operators: WeakSet<Socket>;
}

/** Tells foreign pages off, before anything is done or shown. */
export function guardOpenServer({ access, operators }: IdentifyOptions): RequestHandler {
  return (request, _response, next) => {
    if (access.mode === "open" && !operators.has(request.socket)) {
      const { host, origin } = request.headers;
      refuseForeignPages(access, { method: request.method, host, origin });
    }
    next();
  };
}

export function identify({ authenticator, operators }: IdentifyOptions): RequestHandler {
  return async (request, response, next) => {
    exchangeOf(response).identity = operators.has(request.socket)
      ? operatorIdentity
      : await authenticator.authenticate(request.headers.authorization);
    next();
  };
}
