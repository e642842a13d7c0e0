import { describe, expect, it } from "vitest";
import { readLines } from "./lines.js";

const limits = { maxLineBytes: 16, maxBytes: 1000 };
const encode = (text: string) => new TextEncoder().encode(text);

async function* chunks(...pieces: readonly (string | Uint8Array)[]) {
  for (const piece of pieces) {
    yield typeof piece === "string" ? encode(piece) : piece;
  }
}

async function lines(...pieces: readonly (string | Uint8Array)[]): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for await (const some of readLines(chunks(...pieces), limits)) {
    found.push(some);
  }
  return found;
}

describe("reading lines", () => {
  it("gives together what came together", async () => {
    expect(await lines("a\nb\n", "c\n")).toEqual([["a", "b"], ["c"]]);
  });

  it("puts lines together that came in pieces, down to single bytes in the midst of a character", async () => {
    const bytes = [...encode("ä€😀\nend")].map((byte) => Uint8Array.of(byte));
    expect(await lines(...bytes)).toEqual([["ä€😀"], ["end"]]);
  });

  it("takes a carriage return for a part of the line's end, and drops blank lines", async () => {
    expect(await lines("a\r\n\r\n\n\nb")).toEqual([["a"], ["b"]]);
  });

  it("drops a mark of byte order where the body begins, and nowhere else, in whatever pieces it comes", async () => {
    const text = "\ufeffa\n\ufeffb\n\ufeffc";
    const expected = ["a", "\ufeffb", "\ufeffc"];
    expect((await lines(text)).flat()).toEqual(expected);
    expect((await lines("\ufeffa\n", "\ufeffb\n", "\ufeffc")).flat()).toEqual(expected);
    expect((await lines(...[...encode(text)].map((byte) => Uint8Array.of(byte)))).flat()).toEqual(expected);
  });

  it("refuses a line that does not end, whether it comes at once or in pieces", async () => {
    await expect(lines("x".repeat(17))).rejects.toMatchObject({ code: "bad_response" });
    await expect(lines(...Array.from({ length: 17 }, () => "x"))).rejects.toMatchObject({
      code: "bad_response",
    });
    await expect(lines(`a\n${"x".repeat(17)}\nb\n`)).rejects.toMatchObject({ code: "bad_response" });
    expect(await lines(`${"x".repeat(16)}\n`)).toEqual([["x".repeat(16)]]);
  });

  it("reads no further in an endless line than its limit", async () => {
    let given = 0;
    const endless = (async function* () {
      for (;;) {
        given += 8;
        yield encode("xxxxxxxx");
      }
    })();
    await expect(readLines(endless, limits).next()).rejects.toMatchObject({ code: "bad_response" });
    expect(given).toBe(24);
  });

  it("refuses a body that does not end", async () => {
    const endless = (async function* () {
      for (;;) {
        yield encode("a\n");
      }
    })();
    const read = async () => {
      for await (const _ of readLines(endless, limits)) {
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "bad_response" });
  });

  it("refuses bytes that are no UTF-8", async () => {
    await expect(lines(Uint8Array.of(0x61, 0xff, 0x0a))).rejects.toMatchObject({ code: "bad_response" });
    await expect(lines(Uint8Array.of(0xe2, 0x82))).rejects.toMatchObject({ code: "bad_response" });
  });
});
