import { expect, it } from "vitest";
import { findNameError, findTagsError, toTags } from "./draft.js";

it.each(["summarize", "my plugin-2.0", "übersetzen", "a", "_x"])("%s can be a name", (name) => {
  expect(findNameError(name)).toBeUndefined();
});

it.each(["", " a", "a ", "a/b", "../a", "a..b", "-a", ".", "<b>", "x".repeat(101)])(
  "%j cannot be a name",
  (name) => {
    expect(findNameError(name)).toBeDefined();
  },
);

it("makes tags of what is written with commas", () => {
  expect(toTags(" Text, fun ,,text")).toEqual(["text", "fun"]);
  expect(findTagsError("a, b-c, đẹp")).toBeUndefined();
  expect(findTagsError("a b")).toContain("a b");
  expect(findTagsError(Array.from({ length: 11 }, (_, at) => `t${at}`).join())).toContain("10");
});
