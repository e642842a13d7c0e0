import { describe, expect, it } from "vitest";
import { findJsonFault } from "./json-fault.js";
import { findJsonError, formatJson } from "./json-input.js";

describe("a text that should be JSON", () => {
  it.each(["{}", " [1, -2.5e3] ", '"te\\"xt\\u00e9"', "0", "null", '{"a": [true, {"b": []}]}\n'])(
    "is JSON: %s",
    (text) => {
      expect(findJsonError(text)).toBeUndefined();
      expect(findJsonFault(text)).toBeUndefined();
    },
  );

  it.each([
    ['{\n  "a": x\n}', "Line 2, column 8: this is no value; texts need double quotes."],
    ['{"a": 1', "Line 1, column 8: it ends too early: } is missing."],
    ['{"a" 1}', "Line 1, column 6: a colon is missing."],
    ["{a: 1}", "Line 1, column 2: a name in double quotes is missing."],
    ['["a" "b"]', "Line 1, column 6: a comma or ] is missing."],
    ["[1,]", "Line 1, column 4: a value is missing."],
    ["['a']", 'Line 1, column 2: texts need double quotes: ".'],
    ["{} {}", "Line 1, column 4: there is something after the end."],
    ['"a\nb"', "Line 1, column 1: this text has no end"],
    ["[01]", "Line 1, column 3: a comma or ] is missing."],
    ['{"a":', "Line 1, column 6: it ends too early."],
  ])("is not: %s", (text, said) => {
    expect(findJsonError(text)).toContain(said);
  });

  it("may be nothing yet", () => {
    expect(findJsonError(" \n")).toContain("there is nothing yet");
  });

  it("may be nested deeper than anybody can follow", () => {
    expect(findJsonError("[".repeat(1_000_000))).toMatch(/not JSON yet/);
  });

  it("can be written so that it can be read", () => {
    expect(formatJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  });
});
