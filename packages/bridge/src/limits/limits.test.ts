import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ForgeError } from "../errors/forge-error.js";
import { defaultLimits, type Limit, type LimitName, limitTable, parseLimits } from "./limits.js";

const table = Object.entries(limitTable) as [LimitName, Limit][];

function refusalOf(input: unknown): ForgeError {
  try {
    parseLimits(input);
  } catch (error) {
    if (ForgeError.is(error)) return error;
  }
  throw new Error("the limits were accepted");
}

describe("the limits of a run", () => {
  it("are all finite when nothing is said", () => {
    expect(parseLimits()).toEqual(defaultLimits);
    expect(Object.values(parseLimits({})).every(Number.isSafeInteger)).toBe(true);
  });

  it.each(table)("%s has a default between its least and its most", (_, { min, default: usual, max }) => {
    expect(min).toBeLessThanOrEqual(usual);
    expect(usual).toBeLessThanOrEqual(max);
    expect(max).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });

  it("are those that were asked for, and the defaults beside them", () => {
    const limits = parseLimits({ memoryMb: 64, queueMs: undefined });
    expect(limits).toEqual({ ...defaultLimits, memoryMb: 64 });
  });

  it("of a run lie on those of its Forge", () => {
    const ofForge = parseLimits({ memoryMb: 64, outputBytes: 1_000 });
    expect(parseLimits({ outputBytes: 2_000 }, ofForge)).toMatchObject({ memoryMb: 64, outputBytes: 2_000 });
  });

  it("cannot be changed afterwards, and leave the caller's object alone", () => {
    const input = Object.freeze({ memoryMb: 64 });
    expect(Object.isFrozen(parseLimits(input))).toBe(true);
    expect(Object.isFrozen(defaultLimits)).toBe(true);
  });

  it.each(table)(
    "%s is refused beyond its ceiling, below its floor, and when it is no number",
    (name, { min, max }) => {
      for (const value of [
        max + 1,
        min - 1,
        0.5,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        `${min}`,
        null,
        {},
        true,
        1n,
      ]) {
        const { code, message } = refusalOf({ [name]: value });
        expect(code).toBe("invalid_options");
        expect(message).toContain(`limits.${name}`);
        expect(message).toContain(String(max));
      }
    },
  );

  it("say which there are when one does not exist", () => {
    expect(refusalOf({ memory: 1 }).message).toMatch(/limits\.memory does not exist.*memoryMb/);
    expect(refusalOf(JSON.parse('{"__proto__":{"memoryMb":1}}')).code).toBe("invalid_options");
    expect(refusalOf({ constructor: 1 }).code).toBe("invalid_options");
  });

  it.each([null, 5, "fast", [], () => {}])("are an object, not %j", (input) => {
    expect(refusalOf(input).code).toBe("invalid_options");
  });

  it.each(table)("%s has its default in the comment that editors show", (name, limit) => {
    const source = readFileSync(new URL("./limits.ts", import.meta.url), "utf8");
    const [, shown] = new RegExp(`@default ([\\d_]+) \\*/\\n {2}${name}: {`).exec(source) ?? [];
    expect(Number(shown?.replaceAll("_", ""))).toBe(limit.default);
  });

  it.each(table)("%s stands in the guide as it is", (name, limit) => {
    const guide = readFileSync(new URL("../../../../docs/guide/limits.md", import.meta.url), "utf8");
    expect(guide).toContain(toRow(name, limit));
  });
});

function toRow(name: string, { default: usual, min, max, meaning, enforced }: Limit): string {
  const [least, most] = [min, max].map((value) => value.toLocaleString("en-US"));
  return `| \`${name}\` | ${usual.toLocaleString("en-US")} | ${least} – ${most} | ${meaning} | ${enforced} |`;
}
