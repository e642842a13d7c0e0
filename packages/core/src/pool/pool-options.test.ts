import { defaultLimits, limitTable } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { resolvePoolOptions } from "./pool-options.js";

describe("the options of a pool", () => {
  it.each(["memoryMb", "queueLength", "queueMs"] as const)("are as wide as a Forge's limit %s", (name) => {
    const { min, max } = limitTable[name];
    expect(resolvePoolOptions({ [name]: min }, 1)[name]).toBe(min);
    expect(resolvePoolOptions({ [name]: max }, 1)[name]).toBe(max);
    expect(() => resolvePoolOptions({ [name]: max + 1 }, 1)).toThrow(`${name} must be a whole number`);
    expect(resolvePoolOptions({}, 1)[name]).toBe(defaultLimits[name]);
  });

  it("are frozen, and have as many seats as there are cores unless somebody says", () => {
    const resolved = resolvePoolOptions({}, 3);
    expect(resolved).toMatchObject({ seats: 3, seatsPerTenant: 3 });
    expect(Object.isFrozen(resolved)).toBe(true);
    expect(resolvePoolOptions({ seats: 5 }, 3)).toMatchObject({ seats: 5, seatsPerTenant: 5 });
  });
});
