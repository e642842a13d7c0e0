import { createHash } from "node:crypto";
import { defaultLimits, ForgeError } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { createPluginShelf } from "./plugin.js";

const limits = { ...defaultLimits, sourceBytes: 100 };
const shelf = createPluginShelf();
const refusalOf = (plugin: unknown) => {
  try {
    shelf.parse(plugin, limits);
  } catch (error) {
    if (ForgeError.is(error) && error.code === "invalid_options") return error.message;
    throw error;
  }
  return expect.fail("this plugin was taken");
};

describe("a plugin", () => {
  it("is known by the hash of its bytes, however it is handed in", () => {
    const source = "print('é')";
    const sha256 = createHash("sha256").update(source).digest("hex");
    expect(shelf.parse({ name: "a", source }, limits).sha256).toBe(sha256);
    expect(shelf.parse({ name: "b", source: new TextEncoder().encode(source) }, limits).sha256).toBe(sha256);
    expect(shelf.parse({ name: "c", source }, limits)).toEqual({ name: "c", source, sha256 });
  });

  it("is measured in bytes", () => {
    expect(shelf.parse({ name: "a", source: "é".repeat(50) }, limits).source).toHaveLength(50);
    expect(refusalOf({ name: "a", source: "é".repeat(51) })).toContain("limits.sourceBytes");
    expect(refusalOf({ name: "a", source: "x".repeat(101) })).toContain("more than 100 bytes");
    expect(refusalOf({ name: "a", source: new Uint8Array(101) })).toContain("more than 100 bytes");
  });

  it("is hashed anew where its bytes may have changed", () => {
    const source = new TextEncoder().encode("a = 1");
    const before = shelf.parse({ name: "a", source }, limits).sha256;
    source[0] = 98;
    expect(shelf.parse({ name: "a", source }, limits).sha256).not.toBe(before);
  });

  it("is found again among many others, and forgotten in time without harm", () => {
    const small = createPluginShelf();
    const hashes = () =>
      Array.from({ length: 1_500 }, (_, n) => small.parse({ name: "a", source: `x = ${n}` }, limits).sha256);
    const first = hashes();
    expect(new Set(first).size).toBe(1_500);
    expect(hashes()).toEqual(first);
  });

  it.each([
    ["nothing", undefined],
    ["a name alone", { name: "a" }],
    ["no name", { source: "" }],
    ["an empty name", { name: "", source: "" }],
    ["a name of two lines", { name: "a\nb", source: "" }],
    ["a name that clears a terminal", { name: "\u001b[2J", source: "" }],
    ["a name without end", { name: "x".repeat(201), source: "" }],
    ["a source that is a number", { name: "a", source: 5 }],
    ["a source that is a promise", { name: "a", source: Promise.resolve("") }],
  ])("that is %s is refused", (_, plugin) => {
    expect(refusalOf(plugin)).toMatch(/must be/);
  });
});
