import { describe, expect, it } from "vitest";
import { toMarks, toSlots } from "./scale.js";

describe("an axis", () => {
  it.each([
    [0, [0, 1]],
    [Number.NaN, [0, 1]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 25, 50, 75, 100]],
    [1_234, [0, 500, 1_000, 1_500]],
  ])("that reaches %d is marked at %j", (most, marks) => {
    expect(toMarks(most)).toEqual(marks);
  });
});

describe("a stretch of time", () => {
  const now = Date.parse("2026-03-02T10:30:00Z");

  it("has a place for every hour, also for those in which nothing happened", () => {
    const value = { from: "2026-03-02T09:00:00.000Z", runs: 3 };
    const slots = toSlots([value], { step: "hour", count: 3, now });
    expect(slots.map(({ value }) => value?.runs)).toEqual([undefined, 3, undefined]);
    expect(new Date(slots[2]?.from ?? 0).toISOString()).toBe("2026-03-02T10:00:00.000Z");
  });

  it("has days that begin where the server's do", () => {
    const slots = toSlots([{ from: "2026-03-01T00:00:00Z" }], { step: "day", count: 2, now });
    expect(slots[0]?.value).toBeDefined();
  });
});
