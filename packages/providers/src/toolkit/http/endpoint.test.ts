import { describe, expect, it } from "vitest";
import { parseEndpoint, toBase64 } from "./endpoint.js";

describe("the address of a model server", () => {
  it("loses the slash at its end and keeps its path", () => {
    expect(parseEndpoint("http://gpu:11434/").url).toBe("http://gpu:11434");
    expect(parseEndpoint("https://proxy/ollama//").url).toBe("https://proxy/ollama");
  });

  it("gives its user and password to a header, so that they are in no log", () => {
    const { url, headers } = parseEndpoint("https://me:p%40ss@gpu/");
    expect(url).toBe("https://gpu");
    expect(headers).toEqual({ authorization: `Basic ${btoa("me:p@ss")}` });
  });

  it("lets a header that was given win, whatever its case", () => {
    expect(parseEndpoint("http://me:x@gpu", { Authorization: "Bearer k" }).headers).toEqual({
      authorization: "Bearer k",
    });
  });

  for (const address of [
    "",
    "gpu",
    "gpu:11434",
    "file:///etc/passwd",
    "http://gpu/?key=1",
    "http://gpu/#x",
  ]) {
    it(`cannot be ${JSON.stringify(address)}`, () => {
      expect(() => parseEndpoint(address)).toThrow(expect.objectContaining({ code: "invalid_options" }));
    });
  }

  it("does not appear in the error, since it may hold a password", () => {
    expect(() => parseEndpoint("htp://me:secret@gpu")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("secret") }),
    );
  });
});

describe("base64", () => {
  it("is the same as Node's for any length around its step", () => {
    for (const length of [0, 1, 2, 3, 0x5fff, 0x6000, 0x6001, 100_001]) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    }
  });
});
