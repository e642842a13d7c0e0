import type { Request, RequestHandler, Response } from "express";
import type { z } from "zod";
import { mayDo } from "../auth/index.js";
import { Problem } from "../problem.js";
import { exchangeOf } from "./exchange.js";
import { readForm } from "./form.js";
import type { HeldBytes, Holding } from "./held-bytes.js";
import { readJson } from "./json-body.js";
import type { Body, Exchange, Route } from "./route.js";

/** Lets in, understands, handles and answers. */
export function serveRoute(route: Route, held: HeldBytes): RequestHandler {
  return async (request, response) => {
    // Until it is answered: what a run was sent is held for as long as that waits and goes on.
    using holding = held.open();
    const known = exchangeOf(response);
    known.route = route;
    refuseWithoutPermission(route, response);
    const exchange: Exchange<unknown, unknown, unknown> = {
      identity: known.identity,
      requestId: known.requestId,
      get address() {
        return known.address;
      },
      get log() {
        return known.log;
      },
      params: parsePath(route.params, request.params),
      query: route.query && parse(route.query, request.query, "The query"),
      body: parse(route.body?.schema, await readBody(request, route.body, holding), "The request"),
      controller: controllerOf(response),
      response,
    };
    const answer = await route.handle(exchange);
    if (route.answer.kind === "json") sendJson(response, answer);
    if (route.answer.kind === "text") response.type(route.answer.mediaType).send(answer);
  };
}

function refuseWithoutPermission(route: Route, response: Response): void {
  const { identity } = exchangeOf(response);
  if (mayDo(identity, route.permission)) return;
  if (identity.kind === "anonymous") {
    throw new Problem(
      "unauthorized",
      "A token is needed here: send it as the header `Authorization: Bearer TOKEN`.",
    );
  }
  throw new Problem("forbidden", `This token does not allow to ${route.permission}.`);
}

async function readBody(request: Request, body: Body | undefined, holding: Holding): Promise<unknown> {
  switch (body?.kind) {
    case undefined:
      return undefined;
    case "json":
      return readJson(request, body.maxBytes, holding);
    case "form":
      return toObject(await readForm(request, body, holding));
  }
}

/** Without a prototype: a field may have any name. */
function toObject(fields: ReadonlyMap<string, unknown>): unknown {
  const object = Object.create(null);
  for (const [name, value] of fields) object[name] = value;
  return object;
}

/** A path with an impossible name in it leads nowhere. */
function parsePath(schema: z.ZodObject | undefined, value: unknown): unknown {
  const parsed = schema?.safeParse(value);
  if (parsed?.success === false) throw new Problem("not_found", "There is nothing at this address.");
  return parsed?.data;
}

function parse(schema: z.ZodType | undefined, value: unknown, what: string): unknown {
  const parsed = schema?.safeParse(value);
  if (parsed?.success === false)
    throw new Problem("invalid", describeIssue(parsed.error.issues[0], value, what));
  return parsed?.data;
}

function describeIssue(issue: z.core.$ZodIssue | undefined, value: unknown, what: string): string {
  if (issue === undefined || issue.path.length === 0) return `${what} is not what it must be.`;
  const field = issue.path.join(".");
  return isAbsent(value, issue.path) ? `${field} is missing.` : `${field}: ${issue.message}.`;
}

function isAbsent(value: unknown, path: readonly PropertyKey[]): boolean {
  const found = path.reduce<unknown>(
    (inner, name) => (inner as Record<PropertyKey, unknown> | null)?.[name],
    value,
  );
  return found === undefined;
}

function controllerOf(response: Response): AbortController {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller;
}

/** As `response.json` does, without what it asks for those who have tags and callbacks. */
function sendJson(response: Response, answer: unknown): void {
  const text = JSON.stringify(answer);
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.end(text);
}
