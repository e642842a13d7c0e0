import { describe, expect, it } from "vitest";
import { encodeLibrary, parseLibrary } from "../image/library.js";
import { pageIn, tableName } from "./tables.js";

const tables = [
  { start: 4096, end: 8192 },
  { start: 8192, end: 12_288 },
];
const library = parseLibrary(encodeLibrary(new Map([[tableName(1), new Uint8Array(4096).fill(5)]])));

describe("a table that a guest asks for", () => {
  it("is put in its place, and nowhere else", () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    pageIn(memory, library, tables, 1);
    const bytes = new Uint8Array(memory.buffer);
    expect(bytes.subarray(8192, 12_288).every((byte) => byte === 5)).toBe(true);
    expect(bytes.subarray(0, 8192).every((byte) => byte === 0)).toBe(true);
    expect(bytes.subarray(12_288).every((byte) => byte === 0)).toBe(true);
  });

  it("changes nothing when there is no such table", () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    for (const table of [0, 2, -1, 0x7fff_ffff, Number.NaN]) pageIn(memory, library, tables, table);
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
  });
});
