import { expect, it } from "vitest";
import { parsePluginFile } from "./index.js";

const bytes = (text: string) => new TextEncoder().encode(text);

it.each([
  ["summarize.py", "summarize"],
  ["code_review.PY", "code_review"],
  ["my plugin-2.0.py", "my plugin-2.0"],
  ["übersetzen.py", "übersetzen"],
  ["u\u0308bersetzen.py", "übersetzen"],
  ["dịch.py", "dịch"],
  ["list.py", "list"],
  [`${"x".repeat(100)}.py`, "x".repeat(100)],
])("takes %j as a plugin", (fileName, name) => {
  expect(parsePluginFile(fileName, bytes("pass"))).toEqual({ name, code: "pass" });
});

it.each([
  ".py",
  "..py",
  "...py",
  "a..b.py",
  "../a.py",
  "a/b.py",
  "a\\b.py",
  "/etc/passwd.py",
  "C:a.py",
  " a.py",
  "a .py",
  "a\0.py",
  "a\n.py",
  "a\u202e.py",
  "-a.py",
  "<b>.py",
  "%2e%2e.py",
  "summarize\u3164.py",
  "summarize\ufe0f.py",
  "sum\u034fmarize.py",
  "\u115f.py",
  "my  plugin.py",
  `${"x".repeat(101)}.py`,
])("takes no plugin's name from %j", (fileName) => {
  expect(() => parsePluginFile(fileName, bytes("pass"))).toThrow(/cannot be a plugin's/);
});

it.each(["", "a", "a.txt", "a.py.txt", "a.pyc"])("takes only Python: not %j", (fileName) => {
  expect(() => parsePluginFile(fileName, bytes("pass"))).toThrow(/ends in \.py/);
});

it("takes text alone", () => {
  expect(parsePluginFile("a.py", bytes("print('é🙈')")).code).toBe("print('é🙈')");
  expect(() => parsePluginFile("a.py", Uint8Array.of(0xff, 0xfe))).toThrow(/UTF-8/);
  expect(() => parsePluginFile("a.py", bytes("a\0b"))).toThrow(/zero byte/);
});
