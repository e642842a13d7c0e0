import { describe, expect, it } from "vitest";
import { canonicalJson, WrittenJson } from "./canonical-json.js";

describe("canonical JSON", () => {
  it("is the same whatever order the keys were written in, at any depth", () => {
    const one = { b: [{ y: 1, x: null }], a: true };
    const other = { a: true, b: [{ x: null, y: 1 }] };
    expect(canonicalJson(one)).toBe('{"a":true,"b":[{"x":null,"y":1}]}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it("leaves out what JSON cannot say in objects, and says null for it in lists", () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });

  it.each([
    ["a terminal's escape", "\u001b[2J"],
    ["an escape of eight bits", "\u009b2J"],
    ["a bidirectional override", "\u202e"],
    ["a line separator", "\u2028"],
    ["half of a surrogate pair", "\ud83d"],
    ["a whole pair", "😀"],
    ["what deletes", "\u007f"],
  ])("writes %s as ASCII that reads as the same text", (_, text) => {
    const written = canonicalJson({ [text]: text });
    expect(written).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(written)).toEqual({ [text]: text });
  });

  it("takes in what was written before", () => {
    const part = { b: 1, a: ["é"] };
    expect(canonicalJson({ y: new WrittenJson(part), x: [new WrittenJson(part)] })).toBe(
      canonicalJson({ y: part, x: [part] }),
    );
  });

  it("is a fixed point: what it wrote and read again, it writes the same", () => {
    const value = { é: [1e21, 1e-7, -0, 0.1], nested: { "\u0000": '\\"' } };
    const written = canonicalJson(value);
    expect(canonicalJson(JSON.parse(written))).toBe(written);
  });
});
