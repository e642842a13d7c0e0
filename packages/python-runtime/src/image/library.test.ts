import { describe, expect, it } from "vitest";
import { encodeLibrary, parseLibrary } from "./library.js";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a library", () => {
  const file = encodeLibrary(
    new Map([
      ["module:b", bytes("beta")],
      ["module:a", bytes("alpha")],
      ["resource:empty", new Uint8Array()],
    ]),
  );

  it("gives each entry by its name", () => {
    const library = parseLibrary(file);
    expect(library.find("module:a")).toEqual(bytes("alpha"));
    expect(library.find("module:b")).toEqual(bytes("beta"));
    expect(library.find("resource:empty")).toEqual(new Uint8Array());
  });

  it("has nothing under other names, not even those every object has", () => {
    const library = parseLibrary(file);
    for (const name of ["", "module:c", "constructor", "__proto__"])
      expect(library.find(name)).toBeUndefined();
  });

  it("does not depend on the order in which entries were given", () => {
    const other = encodeLibrary(
      new Map([
        ["resource:empty", new Uint8Array()],
        ["module:a", bytes("alpha")],
        ["module:b", bytes("beta")],
      ]),
    );
    expect(other).toEqual(file);
  });
});
