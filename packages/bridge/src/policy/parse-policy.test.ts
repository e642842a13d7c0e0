import { describe, expect, it } from "vitest";
import { ForgeError } from "../errors/forge-error.js";
import { parsePolicy } from "./parse-policy.js";
import type { Policy } from "./policy.js";

function messageOf(input: unknown): string {
  try {
    parsePolicy(input);
  } catch (error) {
    if (ForgeError.is(error) && error.code === "invalid_options") return error.message;
  }
  throw new Error("the policy was accepted");
}

describe("a policy", () => {
  it("grants nothing, and is finite, when nothing is said", () => {
    expect(parsePolicy()).toEqual({
      models: [],
      maxPromptChars: 4_000,
      maxCalls: 10,
      maxTokens: 100_000,
      maxParallelCalls: 4,
      maxCallsPerMinute: { plugin: 600, tenant: 3_000 },
      maxImages: 4,
      maxFreeCalls: 1_000,
      tools: {},
    });
  });

  it("is what was said, its model names with their tags", () => {
    const policy: Policy = {
      models: ["llama3.2", "llama3.2:latest", "mistral:7b"],
      maxCallsPerMinute: { plugin: 6 },
      tools: {
        clock: true,
        lookup: {
          arguments: {
            any: { kind: "any" },
            unit: { kind: "oneOf", values: ["km", 1, true, null] },
            city: { kind: "text", pattern: "[A-Z]\\w+", maxChars: 40 },
            days: { kind: "number", min: 1, max: 7 },
          },
        },
      },
      imports: { allow: ["json"] },
    };
    expect(parsePolicy(policy)).toMatchObject({
      ...policy,
      models: ["llama3.2:latest", "mistral:7b"],
      maxCallsPerMinute: { plugin: 6, tenant: 3_000 },
    });
  });

  it("is frozen to its leaves, and leaves the caller's alone", () => {
    const input = { models: ["a"], tools: { lookup: { arguments: { a: { kind: "any" } } } } };
    const policy = parsePolicy(input);
    expect(() => Object.assign(policy.tools.lookup as object, { arguments: {} })).toThrow(TypeError);
    expect(() => (policy.models as string[]).push("b")).toThrow(TypeError);
    input.models.push("b");
    input.tools.lookup.arguments.a.kind = "number";
    expect(policy.models).toEqual(["a:latest"]);
    expect(policy.tools.lookup).toEqual({ arguments: { a: { kind: "any" } } });
  });

  it("survives JSON, for a record of it", () => {
    const policy = parsePolicy({
      tools: { t: { arguments: { a: { kind: "text", pattern: "a+", maxChars: 3 } } } },
    });
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  it.each<[string, unknown, RegExp]>([
    ["a list", [], /^policy: /],
    ["null", null, /^policy: /],
    ["a field of another name", { maxcalls: 1 }, /policy has no field maxcalls.*maxCalls/],
    ["a text for a number", { maxCalls: "10" }, /^policy\.maxCalls: .*number/],
    ["a negative number", { maxTokens: -1 }, /^policy\.maxTokens: /],
    ["no number", { maxTokens: Number.NaN }, /^policy\.maxTokens: /],
    ["an endless number", { maxCalls: Number.POSITIVE_INFINITY }, /^policy\.maxCalls: /],
    ["no parallel calls at all", { maxParallelCalls: 0 }, /^policy\.maxParallelCalls: /],
    ["one model instead of a list", { models: "llama3.2" }, /^policy\.models: /],
    ["an empty name", { models: ["a", ""] }, /^policy\.models\.1: /],
    ["a hole among its names", { models: Object.assign(new Array(2), ["a"]) }, /^policy\.models\.1: /],
    ["an instance of a class", new (class Own {})(), /^policy must be plain data/],
    ["a rate of nobody", { maxCallsPerMinute: { user: 1 } }, /^policy\.maxCallsPerMinute has no field user/],
    ["a tool that is false", { tools: { t: false } }, /^policy\.tools\.t: /],
    ["an unknown rule", { tools: { t: { arguments: { a: { kind: "glob" } } } } }, /^policy\.tools\.t/],
    ["half a rule", { tools: { t: { arguments: { a: { kind: "text" } } } } }, /^policy\.tools\.t/],
    [
      "a pattern that is none",
      { tools: { t: { arguments: { a: { kind: "text", pattern: "(", maxChars: 1 } } } } },
      /pattern/,
    ],
    [
      "a pattern that would leave its group",
      { tools: { t: { arguments: { a: { kind: "text", pattern: "a)|(b", maxChars: 1 } } } } },
      /pattern/,
    ],
    [
      "a range that is empty",
      { tools: { t: { arguments: { a: { kind: "number", min: 2, max: 1 } } } } },
      /min above its max/,
    ],
    ["imports without a list", { imports: {} }, /^policy\.imports\.allow: /],
  ])("with %s is refused, and the message names the field", (_, input, message) => {
    expect(messageOf(input)).toMatch(message);
  });
});
