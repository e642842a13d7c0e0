import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { toPythonTokens } from "./python-tokens.js";

const kinds = (code: string) =>
  toPythonTokens(code).flatMap(({ kind, text }) => (kind === "plain" ? [] : [`${kind}:${text}`]));

it("tells keywords, strings, numbers and comments apart", () => {
  expect(kinds(`if x1 == 10: # why "not"\n  return f"a # b" + 'c' + r"\\"`)).toEqual([
    "keyword:if",
    "number:10",
    'comment:# why "not"',
    "keyword:return",
    'string:f"a # b"',
    "string:'c'",
    'string:r"\\"',
  ]);
  expect(kinds('"""a\n"b"\n""" or notable')).toEqual(['string:"""a\n"b"\n"""', "keyword:or"]);
});

it("shows every sign of a source once", async () => {
  const folder = new URL("../../../../plugins/", import.meta.url);
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".py"))) {
    const code = await readFile(new URL(file, folder), "utf8");
    const shown = toPythonTokens(code).map(({ text }) => text);
    expect(shown.join("")).toBe(code);
  }
});
