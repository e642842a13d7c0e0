import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findMembers } from "./members.js";
import { parseStubs } from "./parse-stubs.js";

const stubs = new URL("../../../../../../packages/bridge/python/platform_sdk.pyi", import.meta.url);
const symbols = parseStubs(readFileSync(stubs, "utf8"));
const names = (before: string) => findMembers(before, symbols)?.map(({ name }) => name);

describe("after a dot", () => {
  it.each([
    ["file = get_file()\nfile.", "media_type"],
    ["file: File = get_file()\nprint(file.", "media_type"],
    ["if (file := get_file()):\n  file.", "media_type"],
    ["def show(file: File, n: int):\n  file.", "text"],
    ["x = get_file().", "text"],
    ["try:\n  pass\nexcept AIError as error:\n  error.", "code"],
    ["try:\n  pass\nexcept (ValueError, AIError) as error:\n  error.", "code"],
    ['with stream_ai("m", "p") as stream:\n  stream.', "close"],
    ['async with stream_ai_async("m", "p") as s:\n  await s.', "aclose"],
    ["import platform_sdk\nplatform_sdk.", "call_ai"],
    ["import platform_sdk as sdk\nsdk.", "call_ai"],
    ["import platform_sdk as sdk\nfile = sdk.get_file()\nfile.", "media_type"],
  ])("stands what the SDK gave: %j", (before, member) => {
    expect(names(before)).toContain(member);
  });

  it.each([
    "file.",
    "file = get_file()\nfile = 1\nfile.",
    "file = get_file()\nfor file in files:\n  file.",
    "import platform_sdk as sdk\nplatform_sdk.",
    "text = get_input()\ntext.",
    "profile = get_file()\nfile.",
    "file == get_file()\nfile.",
    "1.",
  ])("nobody knows what else: %j", (before) => {
    expect(names(before)).toBeUndefined();
  });

  it("is found at once in a source that is all names", () => {
    expect(names(`${"file(".repeat(20_000)}\n${"file as file ".repeat(20_000)}\nfile.`)).toBeUndefined();
  });
});
