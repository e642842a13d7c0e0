import { expect, it } from "vitest";
import { guessView, toJson } from "./output-kind.js";

const sent = (text: string) => [{ kind: "text" as const, text }];

it.each([
  ['{"a": 1}', "json"],
  ["[1, 2]\n", "json"],
  ["# A title\n\ntext", "markdown"],
  ["- one\n- two", "markdown"],
  ["1. one", "markdown"],
  ["It is **very** good", "markdown"],
  ["See [this](https://example.com)", "markdown"],
  ["| a | b |\n|---|---|", "markdown"],
  ["Just a sentence.", "plain"],
  ["2 * 3 * 4 = 24", "plain"],
  ["[not JSON", "plain"],
  ["5", "plain"],
  ["", "plain"],
])("shows %j as %s", (text, view) => {
  expect(guessView(sent(text))).toBe(view);
});

it("is not fooled by a text that only begins like JSON", () => {
  expect(toJson(sent("{x"))).toBeUndefined();
  expect(toJson(sent("[".repeat(100_000)))).toBeUndefined();
});

it("takes values for what they are, whatever Python makes of them", () => {
  const value = { kind: "json" as const, text: "{'a': None}", value: { a: null } };
  const number = { kind: "json" as const, text: "[5]", value: [5] };
  expect(toJson([value])).toEqual({ a: null });
  expect(toJson([value, number])).toEqual([{ a: null }, [5]]);
  expect(toJson([value, ...sent("and more")])).toBeUndefined();
  expect(toJson([])).toBeUndefined();
});
