import { describe, expect, it } from "vitest";
import { isCleanJson, isCleanJsonObject, parseGuestObject } from "./protocol-json.js";

const parse = (text: string) => parseGuestObject(new TextEncoder().encode(text));

describe("JSON from a guest", () => {
  it("is an object or nothing", () => {
    expect(parse('{"a":[1,"b"]}')).toEqual({ a: [1, "b"] });
    expect(parse("[]")).toBeUndefined();
    expect(parse("not JSON")).toBeUndefined();
  });

  it("is not read when it has more values than any call needs, though it is valid", () => {
    const list = (length: number) => `{"a":[${"[],".repeat(length - 1)}[]]}`;
    expect(parse(list(100))).toBeDefined();
    expect(parse(list(20_000))).toBeUndefined();
  });

  it("counts values, not commas and brackets in its texts", () => {
    const text = '[{,\\"'.repeat(20_000);
    expect(parse(JSON.stringify({ text }))).toEqual({ text });
  });
});

describe("JSON that is handed on", () => {
  it.each([null, true, 0, -1.5, "", [], {}, [[{ a: [null] }]], JSON.parse('{"constructor":1,"toString":2}')])(
    "may be %j",
    (value) => {
      expect(isCleanJson(value)).toBe(true);
    },
  );

  it.each([
    "1e999",
    "-1e999",
    "[1e999]",
    '{"a":{"b":[1e999]}}',
    '{"__proto__":1}',
    '[{"a":{"__proto__":null}}]',
  ])("is not %s, though it parses", (text) => {
    expect(isCleanJson(JSON.parse(text))).toBe(false);
  });

  it("is an object only if it is no list and not null", () => {
    expect([{}, [], null, "x", undefined].map(isCleanJsonObject)).toEqual([true, false, false, false, false]);
  });
});
