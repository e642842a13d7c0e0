import { describe, expect, it } from "vitest";
import { fromBase64, isBase64 } from "./protocol-base64.js";

describe("base64 from a guest", () => {
  it("has the bytes that were meant, whatever their number", () => {
    const all = Uint8Array.from({ length: 1_000 }, (_, at) => at * 37);
    for (const length of [0, 1, 2, 3, 4, 5, 255, 256, 257, 1_000]) {
      const bytes = all.subarray(0, length);
      expect(fromBase64(Buffer.from(bytes).toString("base64"))).toEqual(Uint8Array.from(bytes));
    }
  });

  it.each([
    "A",
    "AA",
    "AAA",
    "=AAA",
    "A===",
    "AA=A",
    "AAA-",
    "AAA_",
    "AAA\n",
    " AAA",
    "AAA\0",
    "ÀAAA",
    "AAAA=",
    "A,AA",
  ])("is not %j", (text) => {
    expect(isBase64(text)).toBe(false);
  });

  it("may be many megabytes long, and is judged in time that its length explains", () => {
    const letters = "A".repeat(32_000_000);
    expect(isBase64(letters)).toBe(true);
    expect(isBase64(`${letters}!!!!`)).toBe(false);
    expect(fromBase64(letters)).toHaveLength(24_000_000);
  });
});
