import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stage } from "./stage.js";

describe("a stage of the build", () => {
  let work = "";
  let made: string[] = [];
  beforeEach(async () => {
    work = await mkdtemp(path.join(tmpdir(), "wasmforge-stage-"));
    made = [];
  });
  afterEach(() => rm(work, { recursive: true }));

  const make = (dependsOn: readonly string[], fail = false) =>
    stage({
      name: "part",
      saying: "making a part",
      work,
      dependsOn,
      make: async (folder) => {
        made.push(dependsOn.join());
        await writeFile(path.join(folder, dependsOn.join("-")), "made");
        if (fail) throw new Error("interrupted");
      },
    });

  it("is made once as long as nothing that it depends on changes", async () => {
    const first = await make(["a"]);
    const second = await make(["a"]);
    expect(second).toEqual(first);
    expect(made).toEqual(["a"]);
  });

  it("is made anew, from an empty folder, when something changes", async () => {
    await make(["a"]);
    const { folder } = await make(["b"]);
    expect(await readdir(folder)).toEqual(["b"]);
  });

  it("that was interrupted is never taken for a complete one", async () => {
    await expect(make(["a"], true)).rejects.toThrow("interrupted");
    expect(existsSync(path.join(work, "part.done"))).toBe(false);
    const { folder } = await make(["a"]);
    expect(await readFile(path.join(folder, "a"), "utf8")).toBe("made");
    expect(made).toEqual(["a", "a"]);
  });

  it("that replaces another and is interrupted leaves neither", async () => {
    await make(["a"]);
    await expect(make(["b"], true)).rejects.toThrow("interrupted");
    await make(["a"]);
    expect(made).toEqual(["a", "b", "a"]);
  });

  it("has another key in another place, because what is built knows where it lies", async () => {
    const here = await make(["a"]);
    const elsewhere = await stage({
      name: "part",
      saying: "making a part",
      work: path.join(work, "elsewhere"),
      dependsOn: ["a"],
      make: async () => {},
    });
    expect(elsewhere.key).not.toBe(here.key);
  });
});
