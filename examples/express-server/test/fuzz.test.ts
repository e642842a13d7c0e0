/**
 * Requests made from the API's own document, most of them wrong in some way: whatever is sent, the answer is one that is
 * documented, and it comes soon.
 */
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { ApiRequest } from "./api-client.js";
import { describeBothServers } from "./test-server.js";

/** `npm run fuzz` asks for more than a test does. */
const seconds = Number(process.env.FUZZ_SECONDS ?? 0);
const requestsForEach = seconds > 0 ? 1_000_000 : 20;
const patienceMs = 20_000;

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly format?: string;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

/** Of things that are there, so that requests get past the first look. */
const known = [
  "known plugin",
  "1",
  "00000000-0000-4000-8000-000000000000",
  "0123456789ab",
  "local",
  "text",
  "5",
];

const awkward = [
  "",
  " ",
  "\0",
  "a\0b",
  "../../../etc/passwd",
  "..\\..\\windows",
  "%2e%2e%2f",
  "%00",
  "/",
  "//evil.example",
  "\r\nSet-Cookie: x=1",
  "'; drop table wasmforge.plugins; --",
  "%' or '1'='1",
  "\\",
  "__proto__",
  "constructor",
  "<script>alert(1)</script>",
  "\u202e\u0000\uffff",
  "🙈".repeat(50),
  "\ud800",
  "e\u0301".repeat(1_000),
  "x".repeat(5_000),
  "-1",
  "0",
  "1e309",
  "NaN",
  "9007199254740993",
  "0x10",
  "null",
  "true",
  "[]",
  "{}",
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...known) },
  { weight: 3, arbitrary: fc.constantFrom(...awkward) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
);
const anything = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text),
  fc.object(),
);

/** Now and then what is asked for. */
function anyOf(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 3, arbitrary: fitting(schema) }, { weight: 2, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "integer":
    case "number":
      return fc.oneof(fc.integer({ min: -2, max: 10 }), fc.double());
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(schema.items ? anyOf(schema.items) : anything, { maxLength: 12 });
    case "object":
      return objectOf(schema);
    default:
      return text;
  }
}

function objectOf({ properties = {} }: Schema): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, anyOf(schema)]),
  );
  return fc.record(fields, { requiredKeys: [] });
}

function requestOf(operation: Operation): fc.Arbitrary<ApiRequest & { readonly address: string }> {
  const inPath = operation.parameters.filter((one) => one.in === "path");
  const inQuery = operation.parameters.filter((one) => one.in === "query");
  return fc
    .record({
      path: fc.tuple(...inPath.map(() => text)),
      query: fc.array(fc.tuple(fc.constantFrom(...inQuery.map(({ name }) => name), "other"), text), {
        maxLength: 4,
      }),
      body: bodyOf(operation),
    })
    .map(({ path, query, body }) => {
      const filled = inPath.reduce(
        (address, { name }, index) => address.replace(`{${name}}`, encode(path[index] ?? "")),
        operation.path,
      );
      const asked = query.map(([name, value]) => `${name}=${encode(value)}`).join("&");
      return { address: asked === "" ? filled : `${filled}?${asked}`, ...body };
    });
}

function bodyOf({ requestBody }: Operation): fc.Arbitrary<ApiRequest> {
  if (requestBody === undefined) return fc.constant({});
  return fc.oneof(
    ...Object.entries(requestBody.content).map(([type, { schema }]) => {
      if (type === "application/json") return anyOf(schema).map((json) => ({ json }));
      if (type === "multipart/form-data") return multipartOf(schema);
      return urlencodedOf(schema);
    }),
    fc.constant({}),
    fc
      .string({ unit: "binary" })
      .map((raw) => ({ raw, headers: { "content-type": Object.keys(requestBody.content)[0] ?? "" } })),
  );
}

function multipartOf({ properties = {} }: Schema): fc.Arbitrary<ApiRequest> {
  const file = fc.tuple(text, text).map(([name, code]) => new File([code], `${name}.py`));
  const fields = Object.entries(properties).map(([name, { format }]) => [
    name,
    format === "binary" ? fc.oneof(file, text) : text,
  ]);
  return fc
    .record(Object.fromEntries(fields), { requiredKeys: [] })
    .map((form) => ({ form: form as Record<string, string> }));
}

/** With fields that are there twice, and fields that nobody asked for. */
function urlencodedOf({ properties = {} }: Schema): fc.Arbitrary<ApiRequest> {
  const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...Object.keys(properties)) }, text);
  return fc.array(fc.tuple(name, text), { maxLength: 6 }).map((pairs) => ({
    urlencoded: pairs.map(([field, value]) => `${encode(field)}=${encode(value)}`).join("&") || "=",
  }));
}

/** Halves of characters cannot be in an address at all. */
function encode(value: string): string {
  return encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
}

describeBothServers("whatever is sent", { MAX_COMPUTE_TIME: "2", MAX_EXECUTION_TIME: "5" }, (started) => {
  const operations: Operation[] = [];
  beforeAll(async () => {
    const { body } = await started().client.get("/openapi.json");
    for (const [path, methods] of Object.entries<Record<string, Operation>>(body.paths)) {
      for (const [method, operation] of Object.entries(methods))
        operations.push({ ...operation, method, path });
    }
  });

  it("is answered as documented, by every operation", { timeout: 300_000 + seconds * 2_000 }, async () => {
    const { client } = started();
    await client.upload("known plugin", "from platform_sdk import *\nprint(get_input())");
    expect(operations.length).toBeGreaterThan(30);
    let requests = 0;
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(requestOf(operation), async ({ address, ...request }) => {
          requests += 1;
          const signal = AbortSignal.timeout(patienceMs);
          // The client throws when the answer is not one that is documented, and no operation documents a 500.
          const { status } = await client.send(operation.method.toUpperCase(), address, {
            ...request,
            signal,
          });
          expect(status).toBeLessThan(500);
        }),
        {
          numRuns: requestsForEach,
          ...(seconds > 0 && {
            seed: Number(process.env.FUZZ_SEED ?? 1),
            interruptAfterTimeLimit: (seconds * 1_000) / operations.length,
          }),
        },
      );
    }
    if (seconds > 0) console.log(`${requests} requests were answered`);
    expect((await client.get("/health/ready")).status).toBe(200);
  });
});
