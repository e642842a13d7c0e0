import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readableFolders } from "./readable-folders.js";
import { seatProgram } from "./seat-programs.js";

/** Where each package is that this one needs when it runs. */
function dependenciesOf(folder: string): string[] {
  const manifest = join(folder, "package.json");
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8"));
  return Object.keys(dependencies).map((name) => {
    const places = createRequire(manifest).resolve.paths(name) ?? [];
    const found = places.map((place) => join(place, name)).find((place) => existsSync(place));
    return realpathSync(found ?? name);
  });
}

describe("what a seat in a process may read", () => {
  it("is all that its packages depend on", () => {
    const folders = readableFolders(seatProgram("process"));
    expect(folders.flatMap(dependenciesOf).filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});
