import { expect, it } from "vitest";
import { Allowance, mostAllowed } from "./allowance.js";

it("an allowance lets a few through at once, and then as many as time passes", () => {
  let now = 0;
  const allowance = new Allowance(() => now);
  const taken = () => Array.from({ length: 1_000 }, () => allowance.take()).filter(Boolean).length;
  expect([taken(), taken()]).toEqual([100, 0]);
  now += 10;
  expect([taken(), taken()]).toEqual([10, 0]);
  now += 1e9;
  expect(taken()).toBe(100);
});

it("an allowance is never more than the host takes", () => {
  let now = 0;
  let taken = 0;
  const allowance = new Allowance(() => now);
  for (; now < 5_000; now += 0.1) if (allowance.take()) taken += 1;
  expect(taken).toBeGreaterThan(5_000);
  expect(taken).toBeLessThan(mostAllowed(now));
});
