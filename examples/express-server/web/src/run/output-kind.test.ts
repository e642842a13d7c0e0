import { expect, it } from "vitest";
import { guessView, parseJson } from "./output-kind.js";

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
  expect(guessView(text)).toBe(view);
});

it("is not fooled by a text that only begins like JSON", () => {
  expect(parseJson("{x")).toBeUndefined();
  expect(parseJson("[".repeat(100_000))).toBeUndefined();
});
