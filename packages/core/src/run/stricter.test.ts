import { defaultLimits, ForgeError, type Policy, parseLimits, parsePolicy } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { stricterLimits, stricterPolicy } from "./stricter.js";

const rules = { arguments: { key: { kind: "text" as const, maxChars: 5 } } };
const base = parsePolicy({
  models: ["a", "b"],
  maxCalls: 20,
  maxTokens: 50,
  maxCallsPerMinute: { plugin: 5 },
  tools: { free: true, ruled: rules },
  imports: { allow: ["json", "re"] },
});
const stricter = (wanted: unknown) => stricterPolicy(base, wanted);

describe("a run's own policy", () => {
  it("changes nothing by what it leaves out", () => {
    expect(stricter({})).toEqual(base);
    expect(stricter({ models: undefined, maxCalls: undefined })).toEqual(base);
  });

  it("can take away", () => {
    expect(stricter({ models: ["b"], maxCalls: 3, maxImages: 0, imports: { allow: ["re"] } })).toEqual({
      ...base,
      models: ["b:latest"],
      maxCalls: 3,
      maxImages: 0,
      imports: { allow: ["re"] },
    });
    expect(stricter({ tools: {}, models: [] })).toMatchObject({ tools: {}, models: [] });
  });

  const generous: Policy = {
    models: ["a", "b", "c"],
    maxPromptChars: 1e9,
    maxCalls: 1e9,
    maxTokens: 1e9,
    maxParallelCalls: 1_000,
    maxCallsPerMinute: { plugin: 1e9, tenant: 1e9 },
    maxImages: 1e9,
    maxFreeCalls: 1e9,
    tools: { free: true, ruled: true, other: true },
    imports: { allow: ["json", "re", "os"] },
  };

  it("cannot add anything", () => {
    expect(stricter(generous)).toEqual(base);
  });

  it("never allows more than the Forge, whatever it says of each thing", () => {
    for (const name of Object.keys(generous) as (keyof Policy)[]) {
      expect(stricter({ [name]: generous[name] })).toEqual(base);
    }
  });

  it("narrows calls per minute one by one", () => {
    expect(stricter({ maxCallsPerMinute: { tenant: 2 } }).maxCallsPerMinute).toEqual({
      plugin: 5,
      tenant: 2,
    });
  });

  it("can give rules to a tool that has none, and none to one that has", () => {
    expect(stricter({ tools: { free: rules } }).tools).toEqual({ free: rules });
    expect(stricter({ tools: { ruled: rules } }).tools).toEqual({ ruled: rules });
    expect(() => stricter({ tools: { ruled: { arguments: {} } } })).toThrow(
      expect.objectContaining({
        code: "invalid_options",
        message: expect.stringContaining("policy.tools.ruled"),
      }),
    );
  });

  it("is not fooled by names that objects have of themselves", () => {
    const tools = JSON.parse('{"constructor": true, "toString": true}');
    expect(stricter({ tools }).tools).toEqual({});
  });

  it("can bring limits on imports where the Forge has none", () => {
    expect(stricterPolicy(parsePolicy(), { imports: { allow: [] } }).imports).toEqual({ allow: [] });
  });

  it("is frozen", () => {
    const resolved = stricter({ maxCalls: 1 });
    for (const part of [resolved, resolved.models, resolved.tools, resolved.maxCallsPerMinute]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it.each([[null], [[]], ["text"], [{ maxCalls: -1 }], [{ maxCallsPerMinute: 5 }], [{ model: [] }]])(
    "is refused where it is none: %j",
    (wanted) => {
      expect(() => stricter(wanted)).toThrow(expect.objectContaining({ code: "invalid_options" }));
    },
  );
});

describe("a run's own limits", () => {
  const limits = parseLimits({ wallTimeMs: 1_000, computeMs: 500 });

  it("are the smaller of both, one by one", () => {
    expect(stricterLimits(limits, { wallTimeMs: 50, computeMs: 5_000 })).toEqual({
      ...defaultLimits,
      wallTimeMs: 50,
      computeMs: 500,
    });
    expect(stricterLimits(limits, {})).toEqual(limits);
  });

  it.each(["memoryMb", "queueLength", "queueMs"])("do not include %s", (name) => {
    expect(() => stricterLimits(limits, { [name]: 1 })).toThrow(/same for all runs of a Forge/);
  });

  it("are numbers within their bounds", () => {
    for (const wallTimeMs of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5"]) {
      expect(() => stricterLimits(limits, { wallTimeMs })).toThrow(ForgeError);
    }
  });
});
