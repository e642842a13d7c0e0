import { describe, expect, it } from "vitest";
import { watchStandstill } from "./standstill.js";

describe("the watch over the machine", () => {
  it("does not mind short pauses, however many", () => {
    let time = 0;
    using watch = watchStandstill(() => time);
    for (let turn = 0; turn < 100; turn += 1) {
      time += 400;
      expect(watch.hasStoodStill()).toBe(false);
    }
  });

  it("remembers a long one", () => {
    let time = 0;
    using watch = watchStandstill(() => time);
    time += 2_000;
    expect(watch.hasStoodStill()).toBe(true);
    expect(watch.hasStoodStill()).toBe(true);
  });
});
