import { describe, expect, it } from "vitest";
import { createReport, formatReport, isMet } from "./report.mjs";
import { ratioOfMedians, Samples } from "./samples.mjs";
import type { Machine } from "./types.js";

const machine: Machine = {
  node: "20.20.2",
  v8: "11.3",
  cpu: "a processor",
  cores: 2,
  memoryMb: 1024,
  platform: "linux x64",
  load: 0,
  date: "2025-01-01T00:00:00.000Z",
  peers: {},
};

const row = (subject: string, p50: number) => ({
  subject,
  unit: "ms" as const,
  n: 3,
  min: p50,
  p50,
  p95: p50,
});

describe("a report", () => {
  it("has exactly the documented keys, and notes only where there is something to note", () => {
    const measured = { rows: [row("ours", 1)], ratios: { oursOverTheirs: 0.5 } };
    expect(createReport("engine", machine, { ...measured, notes: [] })).toEqual({
      name: "engine",
      machine,
      ...measured,
    });
    expect(createReport("engine", machine, { ...measured, notes: ["x"] }).notes).toEqual(["x"]);
  });

  it("says of each target whether it was met", () => {
    const rows = [row("ours", 1), row("theirs", 2)];
    const report = createReport("cpu", machine, { rows, ratios: { low: 0.5, high: 0.5 }, notes: [] });
    const text = formatReport(report, "what it is about", {
      low: { atMost: 0.75 },
      high: { atLeast: 400 },
      absent: { atMost: 1 },
    });
    expect(text).toContain("low: 0.5 (target ≤ 0.75: met)");
    expect(text).toContain("high: 0.5 (target ≥ 400: NOT MET)");
    expect(text).toContain("absent: not measured (target ≤ 1)");
    expect(text).toMatch(/theirs +3 +2 +2 +2 +ms/);
  });

  it("counts a target as met when it is reached exactly", () => {
    expect(isMet(400, { atLeast: 400 })).toBe(true);
    expect(isMet(399.9, { atLeast: 400 })).toBe(false);
    expect(isMet(2.2, { atMost: 2.2 })).toBe(true);
    expect(isMet(2.21, { atMost: 2.2 })).toBe(false);
  });

  it("leaves a ratio out when one of its subjects is absent", () => {
    expect(ratioOfMedians("ratio", [row("theirs", 2)], "theirs", "ours")).toEqual({});
    expect(ratioOfMedians("ratio", [row("theirs", 2), row("ours", 4)], "theirs", "ours")).toEqual({
      ratio: 0.5,
    });
  });

  it("pools the rounds of a subject into one row", () => {
    const samples = new Samples();
    samples.add("ours", [1, 2]);
    samples.add("ours", [3]);
    expect(samples.rows("ms")).toEqual([{ subject: "ours", unit: "ms", n: 3, min: 1, p50: 2, p95: 2.9 }]);
  });
});
