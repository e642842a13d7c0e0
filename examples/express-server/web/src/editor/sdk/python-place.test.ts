import { describe, expect, it } from "vitest";
import { isModelPlace } from "./model-place.js";
import { findPlace } from "./python-place.js";

/** The cursor is at the bar. */
function at(marked: string) {
  const offset = marked.indexOf("|");
  return findPlace(marked.replace("|", ""), offset);
}

describe("a cursor", () => {
  it.each([
    ["send_out|", "code", "send_out"],
    ["x = 'a|b'", "string", "a"],
    ["x = 'ab'|", "code", ""],
    ["x = '|'", "string", ""],
    ['"""a\nb|"""', "string", "a\nb"],
    ["# why |not", "comment", "# why "],
    ["'#' + a|", "code", "a"],
    ["'it\\'s |'", "string", "it\\'s "],
    ["x = 'open\nnext|", "code", "next"],
    ["x = '''open\nnext|", "string", "open\nnext"],
    ["größ|", "code", "größ"],
  ])("stands where it stands: %s", (marked, kind, typed) => {
    expect(at(marked)).toMatchObject({ kind, typed });
  });

  it("knows the call that it is in, and its argument", () => {
    expect(at("call_ai(f(1, 2), [3, 4], system=x|").open.at(-1)).toEqual({
      sign: "(",
      callee: "call_ai",
      index: 2,
      keyword: "system",
      keywords: ["system"],
    });
    expect(at("f(a=1, b=2, |)").open.at(-1)).toMatchObject({
      index: 2,
      keyword: undefined,
      keywords: ["a", "b"],
    });
    expect(at("f(a == |)").open.at(-1)).toMatchObject({ keyword: undefined });
    expect(at("f(1)|").open).toEqual([]);
    expect(at(")))|").open).toEqual([]);
  });
});

describe("the name of a model", () => {
  it.each([
    'call_ai("|"',
    'call_ai("lla|ma", "prompt")',
    "call_ai(\n    '|'",
    'call_ai(prompt=x, model="|")',
    'await stream_ai_async("|',
    'embed("|", ["a"])',
    'call_ai_many([("|", "a")])',
    'call_ai_many([("a", "b"), ["|"',
    'call_ai_many([{"model": "|"}])',
    'MODEL = "|"',
    "default_model: str = '|'",
  ])("is expected at %s", (marked) => {
    expect(isModelPlace(at(marked))).toBe(true);
  });

  it.each([
    'call_ai("a", "|")',
    'call_ai(model="a", prompt="|")',
    'send_output("|")',
    'call_ai(f("|"))',
    'call_ai_many([("a", "|")])',
    "call_ai(|",
    '# call_ai("|',
    'print("model", "|")',
  ])("is not expected at %s", (marked) => {
    expect(isModelPlace(at(marked))).toBe(false);
  });
});
