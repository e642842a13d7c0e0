import { z } from "zod";
import { problemStatus } from "../http/problem-status.js";
import type { Answer, Body, Route } from "../http/route.js";
import type { ProblemCode } from "../problem.js";

type Json = Record<string, unknown>;

const problemSchema = z
  .object({ detail: z.string().meta({ description: "What is wrong, for people." }) })
  .meta({ id: "Problem" });

const problemMeaning: Readonly<Record<ProblemCode, string>> = {
  invalid: "The request is not what it must be.",
  unauthorized: "A token is needed, or this one is not good.",
  forbidden: "The token does not allow this, or the thing belongs to somebody else.",
  not_found: "There is no such thing.",
  method_not_allowed: "This cannot be done with this address.",
  too_large: "The request is too large.",
  head_too_large: "The address and the headers of the request are too large.",
  unsupported_media_type: "The request's body is of another form than it must be.",
  too_many: "Too many requests: `Retry-After` says when to try again.",
  unavailable: "The server has too much to do, is stopping, or its database is away: try again later.",
};

/** The API as OpenAPI 3.1, from the very schemas that check its requests. */
export function toOpenApi(routes: readonly Route[], { version }: { readonly version: string }): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: toOperation(route, components) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "WasmForge",
      version,
      description: "Publish Python plugins, and run them in a sandbox with approved AI models.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "Not needed on a server of one's own machine.",
        },
      },
    },
  };
}

function toOperation(route: Route, components: Components): Json {
  return {
    operationId: route.operation,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    // An empty requirement: without a token, if the server allows it.
    security: route.permission === "nothing" ? [] : [{}, { token: [] }],
    parameters: [
      ...toParameters("path", route.params, components),
      ...toParameters("query", route.query, components),
    ],
    ...(route.body && { requestBody: { required: true, content: toContent(route.body, components) } }),
    responses: { "200": toAnswer(route.answer, components), ...toProblems(route, components) },
  };
}

function toParameters(
  place: "path" | "query",
  schema: z.ZodObject | undefined,
  components: Components,
): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, type]) => {
    const { description, ...rest } = components.toSchema(type as z.ZodType, "input");
    const isRequired = place === "path" || !(type as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required: isRequired, ...(description ? { description } : {}), schema: rest };
  });
}

function toContent(body: Body, components: Components): Json {
  const schema = components.toSchema(body.schema, "input");
  if (body.kind === "json") return { "application/json": { schema } };
  if (body.file) return { "multipart/form-data": { schema } };
  return { "multipart/form-data": { schema }, "application/x-www-form-urlencoded": { schema } };
}

function toAnswer(answer: Answer, components: Components): Json {
  const { description } = answer;
  switch (answer.kind) {
    case "json":
      return {
        description,
        content: { "application/json": { schema: components.toSchema(answer.schema, "output") } },
      };
    case "text":
      return { description, content: { [answer.mediaType]: { schema: { type: "string" } } } };
    case "events":
      return {
        description,
        content: {
          "text/event-stream": {
            schema: { type: "string" },
            // OpenAPI 3.1 has no word for what the events of a stream are.
            "x-event-data": components.toSchema(answer.event, "output"),
          },
        },
      };
  }
}

/** A token that is not good is refused everywhere, and so are foreign pages, endless heads and those who ask too much. */
const always = ["unauthorized", "forbidden", "head_too_large", "too_many", "unavailable"] as const;

function toProblems(route: Route, components: Components): Json {
  const codes = new Set<ProblemCode>([
    ...always,
    ...(route.params || route.query || route.body ? (["invalid"] as const) : []),
    ...(route.body ? (["too_large", "unsupported_media_type"] as const) : []),
    ...(route.params ? (["not_found"] as const) : []),
    ...(route.problems ?? []),
  ]);
  const schema = components.toSchema(problemSchema, "output");
  return Object.fromEntries(
    [...codes].map((code) => [
      String(problemStatus[code]),
      { description: problemMeaning[code], content: { "application/json": { schema } } },
    ]),
  );
}

/** Schemas with a name are written once, and referred to. */
class Components {
  readonly schemas: Record<string, unknown> = {};

  toSchema(schema: z.ZodType, io: "input" | "output"): Json {
    const {
      $schema: _,
      $defs = {},
      ...rest
    } = z.toJSONSchema(schema, {
      io,
      target: "draft-2020-12",
      unrepresentable: "any",
    }) as Json & { $defs?: Json };
    for (const [name, definition] of Object.entries($defs)) this.schemas[name] = refer(definition);
    return refer(rest) as Json;
  }
}

function refer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refer);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      name === "$ref" && typeof inner === "string"
        ? [name, inner.replace("#/$defs/", "#/components/schemas/")]
        : [name, refer(inner)],
    ),
  );
}
