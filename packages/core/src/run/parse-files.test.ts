import { describe, expect, it } from "vitest";
import { parseFiles } from "./parse-files.js";

const limits = { filesBytes: 1_000 };
const parse = (files: unknown, taken: readonly string[] = []) => parseFiles(files, limits, new Set(taken));
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: "invalid_options", message: expect.stringMatching(message) });

describe("the files of a run", () => {
  it("are texts or bytes, at paths with and without a slash before them", () => {
    expect(parse({ "a/b.txt": "é", "/c": Uint8Array.of(1) })).toEqual({
      "a/b.txt": new TextEncoder().encode("é"),
      "/c": Uint8Array.of(1),
    });
  });

  it.each([
    ["a file in a file", { a: "", "a/b": "" }],
    ["a file where a folder is", { "a/b": "", a: "" }],
    ["a file in a file, further down", { "a/b": "", "a/b/c/d": "" }],
    ["a file twice", { a: "", "/a": "" }],
  ])("cannot be %s", (_, files) => {
    expect(() => parse(files)).toThrow(invalid(/as a file and as a folder, or twice/));
  });

  it("cannot be where the interpreter's own are", () => {
    expect(() => parse({ "usr/lib/x": "" }, ["usr"])).toThrow(invalid(/interpreter's own/));
    expect(() => parse({ "/usr": "" }, ["usr"])).toThrow(invalid(/interpreter's own/));
    expect(parse({ "user/x": "", "a/usr": "" }, ["usr"])).toHaveProperty("a/usr");
  });

  it("have prices for their folders, too", () => {
    const deep = (n: number) => `${n}/${"d/".repeat(400)}f`;
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [deep(n), ""]));
    expect(Object.keys(parse(files(20)))).toHaveLength(20);
    expect(() => parse(files(30))).toThrow(invalid(/10000 files and folders/));
    const shared = Array.from({ length: 9_000 }, (_, n) => [`${"d/".repeat(400)}${n}`, ""]);
    expect(Object.keys(parse(Object.fromEntries(shared)))).toHaveLength(9_000);
  });

  it("may be called like what objects inherit", () => {
    const files = Object.fromEntries([
      ["__proto__", "a"],
      ["constructor/prototype", "b"],
    ]);
    expect(Object.keys(parse(files))).toEqual(["__proto__", "constructor/prototype"]);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});
