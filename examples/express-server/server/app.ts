import type { Socket } from "node:net";
import express, { type Express, type RequestHandler, Router } from "express";
import { answerError, answerNotFound } from "./http/answer-error.js";
import { guardOpenServer, identify, nameRequest } from "./http/identify.js";
import { inTurn } from "./http/in-turn.js";
import { limitFailures, limitRate } from "./http/limit-rates.js";
import { logRequests } from "./http/log-requests.js";
import type { Route } from "./http/route.js";
import { allowOrigins, securityHeaders } from "./http/security-headers.js";
import { serveRoute } from "./http/serve-route.js";
import { traceRequests } from "./http/trace-requests.js";
import { createDocsPage } from "./openapi/docs-page.js";
import { toOpenApi } from "./openapi/document.js";
import { createPages } from "./pages/serve-pages.js";
import { Problem } from "./problem.js";
import { createRoutes } from "./routes/index.js";
import type { Services } from "./services.js";

export interface AppOptions {
  readonly version: string;
  /** Connections of this machine's operator. */
  readonly operators: WeakSet<Socket>;
}

/** A request's way, from the first look at it to its answer. */
export function createApp(services: Services, { version, operators }: AppOptions): Express {
  const { configuration, authenticator, metrics, log, isStopping } = services;
  const { access, listen, apiDocs } = configuration;
  const app = express();
  app.disable("x-powered-by");
  // Answers of the API are not kept by browsers; files have their own.
  app.disable("etag");
  app.set("trust proxy", listen.trustedProxies);

  app.use(
    inTurn(
      nameRequest(log),
      logRequests(log, metrics),
      securityHeaders(),
      allowOrigins(access.origins),
      guardOpenServer({ access, authenticator, operators }),
      sayGoodbye(isStopping),
    ),
  );
  if (configuration.telemetryUrl !== undefined) app.use(traceRequests);

  const routes = createRoutes(services, version);
  app.use(serveApi(services, routes, operators));
  if (apiDocs) app.use(createDocsPage(toOpenApi(routes, { version })));
  app.use(createPages());
  app.use(answerNotFound, answerError);
  return app;
}

function serveApi(services: Services, routes: readonly Route[], operators: WeakSet<Socket>): Router {
  const { access, rates } = services.configuration;
  const limits = {
    all: limitRate(rates.requestsPerMinute, "requests"),
    runs: limitRate(rates.runsPerMinute, "runs"),
    uploads: limitRate(rates.uploadsPerMinute, "uploads"),
  };
  const enter = [
    noStore,
    identify({ access, authenticator: services.authenticator, operators }),
    limitFailures(),
  ];
  const router = Router();
  for (const route of routes) {
    const isLimited = route.permission !== "nothing";
    const counted = [...(isLimited ? [limits.all] : []), ...(route.rate ? [limits[route.rate]] : [])];
    router[route.method](toExpressPath(route.path), ...enter, ...counted, serveRoute(route, services.held));
  }
  // After all of them: another route may have the method, under a path with a name in it.
  for (const path of new Set(routes.map((route) => route.path))) {
    router.all(toExpressPath(path), refuseMethod(routes.filter((route) => route.path === path)));
  }
  return router;
}

function toExpressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store");
  next();
};

function refuseMethod(routes: readonly Route[]): RequestHandler {
  const allowed = routes.map(({ method }) => method.toUpperCase()).join(", ");
  return (_request, response) => {
    response.set("Allow", allowed);
    throw new Problem("method_not_allowed", `This address knows ${allowed} only.`);
  };
}

/** Clients keep connections; while the server stops they shall look for another. */
function sayGoodbye(isStopping: () => boolean): RequestHandler {
  return (_request, response, next) => {
    if (isStopping()) response.setHeader("Connection", "close");
    next();
  };
}
