import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startCoverage } from "./coverage.js";
import { drive } from "./drive.js";
import { bytesTarget, valuesTarget } from "./target.js";

const options = { seed: 7, seconds: 60, kept: [], onInput: () => {} };
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("fuzzing", () => {
  const target = bytesTarget({
    name: "broken",
    about: "",
    reaches: /broken-reader/,
    words: ["{", "}", "ok"],
    seeds: () => [new TextEncoder().encode("a good input")],
    open: async () => ({ check() {}, close() {} }),
  });

  it("finds what lies behind several questions, as what answers one of them is kept, and makes it small", async () => {
    const coverage = startCoverage();
    const { brokenReader } = await import("./fixtures/broken-reader.js");
    const asked = { ...target, open: async () => ({ check: brokenReader, close() {} }) };
    const { findings, kept, reached } = await drive(asked, { ...options, mostInputs: 100_000, coverage });
    coverage.close();
    expect(findings.map(({ input }) => text(input))).toEqual(["fuzz"]);
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(reached).toBeGreaterThan(100);
  });

  it("stops when its time is over, or it has tried as many inputs as it may", async () => {
    expect((await drive(target, { ...options, seconds: 0.05 })).findings).toEqual([]);
    expect((await drive(target, { ...options, mostInputs: 100 })).inputs).toBe(100);
  });

  it("makes values that fail small, tells of each problem once, and goes on", async () => {
    const lists = valuesTarget<readonly number[]>({
      name: "lists",
      about: "",
      values: fc.array(fc.integer({ min: 0, max: 1_000 })),
      open: async () => ({
        check(list) {
          if (list.some((number) => number > 900)) throw new Error("a large number");
          if (list.length > 5) throw new Error("a long list");
        },
        close() {},
      }),
    });
    const { findings } = await drive(lists, { ...options, mostInputs: 3_000 });
    const found = findings.map(({ problem, input }) => [problem.split("\n")[0], JSON.parse(text(input))]);
    expect(new Map(found as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        ["Error: a large number", [901]],
        ["Error: a long list", [0, 0, 0, 0, 0, 0]],
      ]),
    );
  });
});
