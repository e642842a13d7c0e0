import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { CallError } from "./call-error.js";
import { toJsonText } from "./json-text.js";

const plenty = 1_000_000;

function codeOf(value: unknown, maxChars = plenty): unknown {
  try {
    return toJsonText(value, maxChars);
  } catch (error) {
    return error instanceof CallError ? error.code : error;
  }
}

const cycle: Record<string, unknown> = {};
cycle.self = { again: [cycle] };

describe("a tool's result", () => {
  it.each([
    null,
    true,
    0,
    -1.5e-7,
    1e21,
    "",
    'a "quote" \\ \u0000 \ud800 😀',
    [],
    [null, [], {}, "x"],
    { a: { b: [1, { c: null }] }, "": 1, 'k"\n': 2, constructor: 3 },
    Object.assign(Object.create(null), { a: 1 }),
    runInNewContext("({ a: [1, { b: null }] })"),
    JSON.parse('{"__proto__":{"a":1}}'),
  ])("of JSON is that JSON: %j", (value) => {
    expect(toJsonText(value, plenty)).toBe(JSON.stringify(value));
  });

  it("may be nothing, and may have fields without a value", () => {
    expect(toJsonText(undefined, plenty)).toBe("null");
    expect(toJsonText({ a: undefined, b: 1, c: undefined }, plenty)).toBe('{"b":1}');
  });

  it.each<[string, unknown]>([
    ["NaN", Number.NaN],
    ["an endless number", [Number.POSITIVE_INFINITY]],
    ["a BigInt", { a: 1n }],
    ["a function", () => 1],
    ["a symbol", [Symbol("a")]],
    ["nothing in a list", [undefined]],
    ["a list with holes", new Array(5)],
    ["a list that is longer than memory", new Array(4_294_967_295)],
    ["a date", new Date(0)],
    ["a map", new Map([["a", 1]])],
    ["a set", { a: new Set([1]) }],
    ["bytes", new Uint8Array(4)],
    ["an error", new Error("secret")],
    ["an expression", /a/],
    ["a promise", Promise.resolve(1)],
    ["a boxed text", Object("text")],
    ["an instance of a class", new (class Point {})()],
    ["a toJSON of its own", { toJSON: () => "x" }],
    ["itself", cycle],
    [
      "a getter that throws",
      {
        get a() {
          throw new Error("secret");
        },
      },
    ],
    [
      "a proxy that throws",
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error("secret");
          },
        },
      ),
    ],
    ["a proxy that was revoked", revoked()],
  ])("with %s is refused", (_, value) => {
    expect(codeOf(value)).toBe("bad_tool_result");
  });

  it("may be a hundred deep, and not deeper", () => {
    const nested = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
    expect(codeOf(nested(100))).toMatch(/^\[+1\]+$/);
    expect(codeOf(nested(101))).toBe("bad_tool_result");
    expect(codeOf(nested(1_000_000))).toBe("bad_tool_result");
  });

  it("that is too large is refused before it is written", () => {
    const huge = "x".repeat(500_000_000);
    expect(codeOf(huge)).toBe("reply_too_large");
    expect(codeOf([huge, huge])).toBe("reply_too_large");
    expect(codeOf({ [huge]: 1 })).toBe("reply_too_large");
    expect(codeOf(Array.from({ length: 300_000 }, () => []))).toBe("reply_too_large");
    expect(codeOf("x".repeat(10), 9)).toBe("reply_too_large");
  });

  it("without an end is refused", () => {
    const endless: unknown = new Proxy([], { get: (_, name) => (name === "length" ? 1e15 : 1) });
    const deeper: unknown = new Proxy(
      {},
      {
        ownKeys: () => ["a"],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
        get: () => deeper,
      },
    );
    expect(codeOf(endless)).toBe("reply_too_large");
    expect(codeOf(deeper)).toBe("bad_tool_result");
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
