import { describe, expect, it } from "vitest";
import { countBlocks, forEachRun } from "./blocks.js";

function runsOf(low: number, high: number): [number, number][] {
  const runs: [number, number][] = [];
  forEachRun({ low, high }, (start, end) => runs.push([start, end]));
  return runs;
}

describe("a set of blocks", () => {
  it.each([
    [0, 0, []],
    [1, 0, [[0, 1]]],
    [0, 0x8000_0000, [[63, 64]]],
    [0x8000_0000, 1, [[31, 33]]],
    [0xffff_ffff, 0xffff_ffff, [[0, 64]]],
    [
      0b1011,
      0,
      [
        [0, 2],
        [3, 4],
      ],
    ],
  ] as const)("%i and %i has the runs %j", (low, high, runs) => {
    expect(runsOf(low, high)).toEqual(runs);
  });

  it("has as many members as its runs are long", () => {
    let word = 12345;
    const next = () => {
      word = (Math.imul(word, 1103515245) + 12345) >>> 0;
      return word ^ (word >>> 7);
    };
    for (let round = 0; round < 500; round++) {
      const set = { low: next(), high: next() };
      const covered = runsOf(set.low, set.high).reduce((sum, [start, end]) => sum + end - start, 0);
      expect(countBlocks(set)).toBe(covered);
    }
  });
});
