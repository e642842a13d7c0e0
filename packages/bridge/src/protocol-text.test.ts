import { describe, expect, it } from "vitest";
import { fromTextBytes, toTextBytes } from "./protocol-text.js";

const awkward = [
  "",
  "plain",
  "a\u0000b\r\nc\u2028d",
  "\ufeffwith a mark",
  "é€😀",
  "\ud800",
  "x\udc00y\ud83dz",
  "\udc00\ud800",
  "😀\ud83d",
];

describe("text that crosses the door", () => {
  it.each(awkward)("comes back as it was: %j", (text) => {
    expect(fromTextBytes(toTextBytes(text))).toBe(text);
  });

  it("is UTF-8 wherever UTF-8 can say it", () => {
    expect(toTextBytes("é€😀")).toEqual(new TextEncoder().encode("é€😀"));
  });

  it("writes half a surrogate pair as Python's surrogatepass does", () => {
    expect([...toTextBytes("a\ud800b")]).toEqual([0x61, 0xed, 0xa0, 0x80, 0x62]);
  });

  it("joins the two halves of a pair that Python sent apart", () => {
    expect(fromTextBytes(Uint8Array.of(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80))).toBe("😀");
  });

  it.each([
    ["a continuation without a beginning", [0x80, 0x61], "\ufffda"],
    ["a beginning without its continuation", [0xe2, 0x82], "\ufffd\ufffd"],
    ["an overlong form", [0xc0, 0x80], "\ufffd\ufffd"],
    ["a number past the end of Unicode", [0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
    ["bytes that UTF-8 never has", [0xff, 0xfe, 0xf8], "\ufffd\ufffd\ufffd"],
  ])("replaces %s", (_, bytes, expected) => {
    expect(fromTextBytes(Uint8Array.from(bytes))).toBe(expected);
  });

  it("decodes like the platform where there is nothing beyond UTF-8, in the careful path too", () => {
    const text = "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}";
    const bytes = Uint8Array.of(...new TextEncoder().encode(text), 0xed, 0xa0, 0x80);
    expect(fromTextBytes(bytes)).toBe(`${text}\ud800`);
  });

  it("takes megabytes of halves in one pass", () => {
    const text = "\ud800x".repeat(1_000_000);
    expect(fromTextBytes(toTextBytes(text)) === text).toBe(true);
  });
});
