import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readProbeFolder } from "./manifest.js";
import { chosen, inSequence } from "./sequence.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "probe-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function read(...probes: readonly object[]) {
  for (const name of ["a", "b", "c", "d"]) writeFileSync(join(folder, `${name}.py`), "");
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ probes }));
  return readProbeFolder(folder).probes;
}

describe("a folder of probes", () => {
  it("gives the documented limits to a probe that names none", () => {
    expect(read({ id: "a" })[0]).toMatchObject({
      timeoutMs: 10_000,
      memoryMb: 128,
      maxOutputBytes: 2 ** 20,
      maxAiCalls: 10,
    });
  });

  it("repeats texts that are given once and a number of times", () => {
    const [probe] = read({ id: "a", input_repeat: ["ab", 3], expected_output_repeat: ["x", 2] });
    expect(probe).toMatchObject({ input: "ababab", expectedOutput: "xx" });
  });

  it("runs a probe twice that must differ from itself", () => {
    expect(read({ id: "a", expect: { run_twice_must_differ: true } })[0]).toMatchObject({ runTwice: true });
  });

  it.each([
    ["a limit that is no number", { id: "a", timeout_ms: "10" }, "timeout_ms must be a number"],
    ["an outcome that nobody knows", { id: "a", expect: { outcome: ["fine"] } }, '"fine" is not known'],
    ["a check that nobody knows", { id: "a", expect: { host_check: "x" } }, '"x" is not known'],
    ["a probe that is not there", { id: "a", after: "z" }, "runs after z"],
  ])("is refused with %s", (_, probe, complaint) => {
    expect(() => read(probe)).toThrow(complaint);
  });
});

describe("the sequence of probes", () => {
  const sequence = (...probes: readonly object[]) =>
    inSequence(read(...probes)).map((group) => group.map(({ id }) => id));

  it("puts a probe directly after the one that it names, wherever it stands", () => {
    expect(sequence({ id: "b", after: "a" }, { id: "c" }, { id: "a" })).toEqual([["a", "b"], ["c"]]);
    expect(sequence({ id: "a" }, { id: "c" }, { id: "b", after: "a" })).toEqual([["a", "b"], ["c"]]);
  });

  it("keeps a pair together that says no more than that it is one", () => {
    expect(sequence({ id: "a", pair: "c" }, { id: "b" }, { id: "c", pair: "a" })).toEqual([
      ["a", "c"],
      ["b"],
    ]);
  });

  it("runs a probe again before each that follows it", () => {
    expect(sequence({ id: "a" }, { id: "b", after: "a" }, { id: "c", after: "a" })).toEqual([
      ["a", "b"],
      ["a", "c"],
    ]);
  });

  it("has what a chosen probe must follow, and nothing else", () => {
    const probes = read({ id: "a" }, { id: "b", after: "a" }, { id: "c" });
    expect(chosen(probes, ["b"]).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(() => chosen(probes, ["z"])).toThrow('no probe "z"');
  });
});
