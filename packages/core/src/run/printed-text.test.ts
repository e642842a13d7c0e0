import { describe, expect, it } from "vitest";
import { PrintedText } from "./printed-text.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const whole = new TextEncoder().encode("a é 😀\ufeff z");

describe("printed text", () => {
  it("is the same in whatever pieces it comes, and each piece is whole characters", () => {
    for (let size = 1; size <= whole.length; size++) {
      const printed = new PrintedText();
      const pieces: string[] = [];
      for (let at = 0; at < whole.length; at += size) pieces.push(printed.add(whole.subarray(at, at + size)));
      pieces.push(printed.end());
      expect(pieces.join("")).toBe("a é 😀\ufeff z");
      expect(printed.text).toBe("a é 😀\ufeff z");
      for (const piece of pieces) expect(piece).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it("replaces what is no UTF-8, and a character that is never completed", () => {
    const printed = new PrintedText();
    expect(printed.add(bytes(0x61, 0xff, 0x62, 0xf0, 0x9f))).toBe("a\ufffdb");
    expect(printed.end()).toBe("\ufffd");
    expect(printed.text).toBe("a\ufffdb\ufffd");
  });

  it("is empty where nothing was printed", () => {
    const printed = new PrintedText();
    expect(printed.end()).toBe("");
    expect(printed.text).toBe("");
  });
});
