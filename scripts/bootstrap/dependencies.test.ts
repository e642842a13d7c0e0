import { describe, expect, it } from "vitest";
import { isInstalled } from "./dependencies.mjs";

const wanted = {
  "": { version: "1.0.0" },
  "packages/bridge": { version: "0.1.0" },
  "node_modules/@wasmforge/bridge": { link: true },
  "node_modules/zod": { version: "4.0.0", integrity: "sha512-a" },
  "node_modules/for-another-platform": { version: "1.0.0", integrity: "sha512-b", optional: true },
};

const installed = {
  "packages/bridge": { version: "0.1.0" },
  "node_modules/@wasmforge/bridge": { link: true },
  "node_modules/zod": { version: "4.0.0", integrity: "sha512-a" },
};

describe("whether the dependencies are installed", () => {
  it("is true when everything but other platforms' packages is there", () => {
    expect(isInstalled(wanted, installed)).toBe(true);
  });

  it("is false when a package is missing", () => {
    const { "node_modules/zod": _, ...without } = installed;
    expect(isInstalled(wanted, without)).toBe(false);
  });

  it("is false when the lock names another version", () => {
    const newer = { ...wanted, "node_modules/zod": { version: "4.0.1", integrity: "sha512-c" } };
    expect(isInstalled(newer, installed)).toBe(false);
  });

  it("is false when the lock names other content for the same version", () => {
    const other = { ...wanted, "node_modules/zod": { version: "4.0.0", integrity: "sha512-z" } };
    expect(isInstalled(other, installed)).toBe(false);
  });

  it("is false when something is installed that the lock no longer has", () => {
    const more = { ...installed, "node_modules/left-over": { version: "1.0.0", integrity: "sha512-d" } };
    expect(isInstalled(wanted, more)).toBe(false);
  });

  it("is false when a new workspace is not linked yet", () => {
    const another = { ...wanted, "node_modules/@wasmforge/core": { link: true } };
    expect(isInstalled(another, installed)).toBe(false);
  });
});
