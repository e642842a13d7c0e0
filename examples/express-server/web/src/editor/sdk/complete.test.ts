import { describe, expect, it } from "vitest";
import { findImported, suggest, toImportEdit } from "./complete.js";
import { parseStubs } from "./parse-stubs.js";
import { findPlace } from "./python-place.js";

const symbols = parseStubs(
  '__all__ = ["call_ai"]\n\ndef call_ai(model: str, prompt: str, *, system: str = "", format: str = "") -> str:\n    """Asks.\n\n    `system`: who."""\n\ndef get_input() -> str:\n    """The input."""\n',
);
const models = [{ name: "llama3.2:latest", description: "Small", available: true }];

function suggestAt(marked: string) {
  const offset = marked.indexOf("|");
  const source = marked.replace("|", "");
  return suggest(findPlace(source, offset), source, { symbols, models });
}
const labels = (marked: string, kind?: string) =>
  suggestAt(marked).flatMap((each) => (kind === undefined || each.kind === kind ? [each.label] : []));

describe("completion", () => {
  it("knows the models where a model is named, and nothing else", () => {
    expect(labels('call_ai("|')).toEqual(["llama3.2:latest"]);
    expect(labels('print("|')).toEqual([]);
  });

  it("knows the SDK", () => {
    expect(labels("x = |", "sdk")).toEqual(["call_ai", "get_input"]);
    expect(labels("from platform_sdk import |")).toEqual(["call_ai", "get_input"]);
    expect(labels("from |")).toEqual(["platform_sdk"]);
  });

  it("imports what is not imported yet", () => {
    const [first, second] = suggestAt("from platform_sdk import (\n  get_input as i,\n)\n|");
    expect(first).toMatchObject({ label: "call_ai", toImport: "call_ai" });
    expect(second).not.toHaveProperty("toImport");
  });

  it("imports what a star leaves out", () => {
    const [first, second] = suggestAt("from platform_sdk import *\n|");
    expect(first).not.toHaveProperty("toImport");
    expect(second).toMatchObject({ label: "get_input", toImport: "get_input" });
  });

  it("knows the arguments that a call does not have yet", () => {
    expect(labels('call_ai("m", "p", |', "argument")).toEqual(["system=", "format="]);
    expect(labels('call_ai("m", "p", system="x", |', "argument")).toEqual(["format="]);
    expect(labels('call_ai("m", "p", system=|', "argument")).toEqual([]);
  });

  it("keeps out of comments, and of what it does not know", () => {
    expect(labels("# |")).toEqual([]);
    expect(labels("answer.|")).toEqual([]);
  });
});

describe("an import", () => {
  it.each([
    ["from platform_sdk import get_input\nx", { line: 1, column: 35, text: ", call_ai" }],
    ["import json\n", { line: 1, column: 1, text: "from platform_sdk import call_ai\n" }],
    [
      '"""What it does."""\n\nimport json\n',
      { line: 3, column: 1, text: "from platform_sdk import call_ai\n" },
    ],
    ["# A comment\nx = 1\n", { line: 2, column: 1, text: "from platform_sdk import call_ai\n" }],
    [
      "from platform_sdk import (\n  get_input,\n)\n",
      { line: 1, column: 1, text: "from platform_sdk import call_ai\n" },
    ],
    ["", { line: 1, column: 1, text: "from platform_sdk import call_ai\n" }],
  ])("is added to %j", (source, edit) => {
    expect(toImportEdit(source, "call_ai")).toEqual(edit);
  });

  it("is found in every form", () => {
    expect([
      ...findImported("from platform_sdk import a, b as c  # d\nfrom platform_sdk import (e,\n f)\n"),
    ]).toEqual(["a", "b", "e", "f"]);
  });
});
