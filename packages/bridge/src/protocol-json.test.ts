import { describe, expect, it } from "vitest";
import { parseGuestObject } from "./protocol-json.js";

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
