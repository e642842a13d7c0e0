import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createRates } from "./rates.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function createBook(maxLines?: number) {
  let time = 1_000_000;
  const rates = createRates({ now: () => time, ...(maxLines !== undefined && { maxLines }) });
  return {
    rates,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

const ann = { plugin: "summarize", tenant: "ann" };
const bob = { plugin: "summarize", tenant: "bob" };

describe("the calls of a minute", () => {
  it("are counted for a plugin and for its tenant", () => {
    const { rates } = createBook();
    rates.add(ann);
    rates.add({ plugin: "translate", tenant: "ann" });
    expect(rates.lastMinute(ann)).toEqual({ plugin: 1, tenant: 2 });
  });

  it("of a plugin of the same name belong to each tenant alone", () => {
    const { rates } = createBook();
    rates.add(ann);
    expect(rates.lastMinute(bob)).toEqual({ plugin: 0, tenant: 0 });
    rates.add({ plugin: "b", tenant: "a" });
    expect(rates.lastMinute({ plugin: "", tenant: "ab" })).toEqual({ plugin: 0, tenant: 0 });
    expect(rates.lastMinute({ plugin: "ab", tenant: "" })).toEqual({ plugin: 0, tenant: 0 });
  });

  it("never leave the sum before their minute is over, and soon after", () => {
    for (const offset of [0, 1, 2_500, 4_999]) {
      const { rates, pass } = createBook();
      pass(offset);
      rates.add(ann);
      pass(59_999);
      expect(rates.lastMinute(ann).plugin).toBe(1);
      pass(5_002);
      expect(rates.lastMinute(ann)).toEqual({ plugin: 0, tenant: 0 });
    }
  });

  it("never are more than were allowed, in whatever minute one looks", () => {
    const { rates, pass } = createBook();
    const calls: number[] = [];
    for (let time = 0; time < 400_000; time += 137) {
      if (rates.lastMinute(ann).plugin < 50) {
        rates.add(ann);
        calls.push(time);
      }
      pass(137);
    }
    for (const from of calls) {
      expect(calls.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(50);
    }
    expect(calls.length).toBeGreaterThan(250);
  });

  it("do not add up with those of long ago", () => {
    const { rates, pass } = createBook();
    for (let day = 0; day < 1_000; day++) {
      rates.add(ann);
      pass(86_400_000);
    }
    expect(rates.lastMinute(ann).plugin).toBe(0);
  });

  it("are never counted too low when more are active than the book has lines", () => {
    const { rates } = createBook(10);
    for (let index = 0; index < 5_000; index++) {
      rates.add({ plugin: `p${index}`, tenant: `t${index}` });
    }
    for (let index = 0; index < 5_000; index++) {
      expect(rates.lastMinute({ plugin: `p${index}`, tenant: `t${index}` }).plugin).toBeGreaterThanOrEqual(1);
    }
  });

  it("of whoever called before a flood of others are still counted for him alone", () => {
    const { rates } = createBook(10);
    rates.add(ann);
    rates.add(ann);
    for (let index = 0; index < 1_000; index++) {
      rates.add({ plugin: `p${index}`, tenant: `t${index}` });
    }
    rates.add(ann);
    expect(rates.lastMinute(ann).plugin).toBeGreaterThanOrEqual(3);
    expect(rates.lastMinute(ann).plugin).toBeLessThan(30);
  });

  it("have lines again for others when a minute has passed", () => {
    const { rates, pass } = createBook(10);
    for (let index = 0; index < 1_000; index++) {
      rates.add({ plugin: `p${index}`, tenant: `t${index}` });
    }
    pass(70_000);
    for (let turn = 0; turn < 5; turn++) rates.add(ann);
    expect(rates.lastMinute(ann)).toEqual({ plugin: 5, tenant: 5 });
    expect(rates.lastMinute(bob)).toEqual({ plugin: 0, tenant: 0 });
  });

  it("take no more memory for a million plugins than for ten thousand", () => {
    const { rates, pass } = createBook();
    const fill = (from: number) => {
      for (let index = from; index < from + 250_000; index++) {
        rates.add({ plugin: `p${index}`, tenant: "t" });
        if (index % 100 === 0) pass(10);
      }
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    fill(0);
    const before = fill(250_000);
    expect(fill(500_000) - before).toBeLessThan(10_000_000);
  });
});
