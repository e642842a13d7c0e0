import { describe, expect, it } from "vitest";
import { geometricMean, median, pairedRatio, round, summarize } from "./statistics.mjs";

describe("statistics", () => {
  it("summarizes a sample whatever its order, without touching it", () => {
    const sample = Object.freeze([5, 1, 4, 2, 3]);
    expect(summarize(sample)).toEqual({ n: 5, min: 1, p50: 3, p95: 4.8 });
  });

  it("sorts by value, not by spelling", () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it("takes the middle of the two middle values", () => {
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });

  it("gives a single value as its own minimum, median and 95th percentile", () => {
    expect(summarize([7])).toEqual({ n: 1, min: 7, p50: 7, p95: 7 });
  });

  it("refuses an empty sample instead of answering NaN", () => {
    expect(() => summarize([])).toThrow(RangeError);
    expect(() => geometricMean([])).toThrow(RangeError);
  });

  it("weighs twice as fast and twice as slow alike in a geometric mean", () => {
    expect(geometricMean([0.5, 2])).toBeCloseTo(1);
  });

  it("keeps four significant digits, small or large", () => {
    expect([0.0123456, 1.23456, 1234.56].map(round)).toEqual([0.01235, 1.235, 1235]);
  });

  it("compares round by round, so that a slow minute that hits both subjects changes nothing", () => {
    const quiet = { ours: [1, 1, 1], theirs: [2, 2, 2] };
    const busy = { ours: [10, 10, 10], theirs: [20, 20, 20] };
    expect(pairedRatio([quiet.ours, busy.ours], [quiet.theirs, busy.theirs])).toBe(0.5);
  });

  it("refuses to pair subjects that were not measured in the same rounds", () => {
    expect(() => pairedRatio([[1]], [[1], [2]])).toThrow(RangeError);
  });
});
