import { describe, expect, it } from "vitest";
import { encodeCall, type MeteredCall, parseCall } from "../protocol.js";
import { decide } from "./decide.js";
import type { PolicyUsage } from "./decision.js";
import { parsePolicy } from "./parse-policy.js";
import type { ArgumentRule, Policy } from "./policy.js";

const unused: PolicyUsage = {
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  lastMinute: { plugin: 0, tenant: 0 },
};
const ask: MeteredCall = { op: "call_ai", model: "m", prompt: "p" };
const policy: Policy = { models: ["m"] };

function decision(call: MeteredCall, given: Policy = policy, usage: Partial<PolicyUsage> = {}) {
  return decide(parsePolicy(given), { ...unused, ...usage }, call);
}

const allowed = { allow: true };
const denied = (code: string) => ({ allow: false, code, reason: expect.any(String) });

describe("the policy's decision on a model call", () => {
  it("is no for every model that is not named", () => {
    expect(decision(ask, {})).toEqual(denied("model_not_allowed"));
    expect(decision({ ...ask, model: "m:latest" })).toEqual(allowed);
    for (const model of [
      "M",
      "m ",
      " m",
      "m:",
      "m:7b",
      "m\0",
      "m:latest\n",
      "ｍ",
      "__proto__",
      "constructor",
      "m:latest:latest",
    ]) {
      expect(decision({ ...ask, model })).toEqual(denied("model_not_allowed"));
      expect(decision({ op: "embed", model, texts: ["t"] })).toEqual(denied("model_not_allowed"));
    }
  });

  it("tells the plugin's author what is allowed, and never repeats what he wrote", () => {
    const said = JSON.stringify(decision({ ...ask, model: "\u001b[2Jevil" }));
    expect(said).toContain("m:latest");
    expect(said).not.toContain("evil");
  });

  it("names some models, not thousands", () => {
    const models = Array.from({ length: 5_000 }, (_, at) => `model-${at}`);
    expect(JSON.stringify(decision(ask, { models })).length).toBeLessThan(500);
  });

  it("counts everything that the model gets to read", () => {
    const short = { ...policy, maxPromptChars: 10 };
    const p = (length: number) => "p".repeat(length);
    expect(decision({ ...ask, prompt: p(10) }, short)).toEqual(allowed);
    expect(decision({ ...ask, prompt: p(11) }, short)).toEqual(denied("prompt_too_long"));
    expect(decision({ ...ask, prompt: p(5), system: p(6) }, short)).toEqual(denied("prompt_too_long"));
    expect(decision({ ...ask, prompt: p(5), format: { description: p(1) } }, short)).toEqual(
      denied("prompt_too_long"),
    );
    expect(decision({ ...ask, prompt: p(10), format: "json" }, short)).toEqual(allowed);
    expect(decision({ op: "embed", model: "m", texts: [p(5), p(5)] }, short)).toEqual(allowed);
    expect(decision({ op: "embed", model: "m", texts: [p(5), p(6)] }, short)).toEqual(
      denied("prompt_too_long"),
    );
  });

  it("counts images", () => {
    const images = ["AAAA", "AAAA"];
    expect(decision({ ...ask, images }, { ...policy, maxImages: 2 })).toEqual(allowed);
    expect(decision({ ...ask, images }, { ...policy, maxImages: 1 })).toEqual(denied("too_many_images"));
    expect(decision({ ...ask, images: [] }, { ...policy, maxImages: 0 })).toEqual(allowed);
  });

  it("counts calls, whatever they were", () => {
    expect(decision(ask, { ...policy, maxCalls: 3 }, { calls: 2 })).toEqual(allowed);
    expect(decision(ask, { ...policy, maxCalls: 3 }, { calls: 3 })).toEqual(denied("too_many_calls"));
    expect(decision(ask, { ...policy, maxCalls: 0 })).toEqual(denied("too_many_calls"));
  });

  it("counts the tokens of prompts and answers together", () => {
    const few = { ...policy, maxTokens: 10 };
    expect(decision(ask, few, { promptTokens: 4, completionTokens: 5 })).toEqual(allowed);
    expect(decision(ask, few, { promptTokens: 4, completionTokens: 6 })).toEqual(denied("too_many_tokens"));
  });

  it("counts the calls of a minute, of the plugin and of its tenant", () => {
    const slow = { ...policy, maxCallsPerMinute: { plugin: 2, tenant: 4 } };
    expect(decision(ask, slow, { lastMinute: { plugin: 1, tenant: 3 } })).toEqual(allowed);
    expect(decision(ask, slow, { lastMinute: { plugin: 2, tenant: 3 } })).toEqual(denied("rate_limited"));
    expect(decision(ask, slow, { lastMinute: { plugin: 1, tenant: 4 } })).toEqual(denied("rate_limited"));
  });
});

/** As a guest would have sent it. */
function callTool(json: string): MeteredCall {
  return parseCall("call_tool", new TextEncoder().encode(json));
}

function decideArgument(rule: ArgumentRule, valueJson: string) {
  const call = callTool(`{"name":"t","arguments":{"a":${valueJson}}}`);
  return decision(call, { tools: { t: { arguments: { a: rule } } } }).allow;
}

describe("the policy's decision on a tool call", () => {
  it("is no for every tool that is not named", () => {
    for (const name of ["t", "T", "u ", "constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const call = callTool(JSON.stringify({ name, arguments: {} }));
      expect(decision(call, { tools: { u: true } })).toEqual(denied("tool_not_allowed"));
    }
    expect(decision(callTool('{"name":"u","arguments":{"x":[1]}}'), { tools: { u: true } })).toEqual(allowed);
  });

  it("is no for every argument without a rule, whatever it is called", () => {
    const rules = { tools: { t: { arguments: { a: { kind: "any" } } } } } as const;
    expect(decision(callTool('{"name":"t","arguments":{}}'), rules)).toEqual(allowed);
    expect(decision(callTool('{"name":"t","arguments":{"a":{"b":1}}}'), rules)).toEqual(allowed);
    for (const name of ["b", "A", "a ", "", "constructor", "toString", "a\\u0000", "\\u0430"]) {
      const call = callTool(`{"name":"t","arguments":{"${name}":1}}`);
      expect(decision(call, rules)).toEqual(denied("argument_not_allowed"));
    }
  });

  it("says which argument is wrong and how it must be, and never what it was", () => {
    const rules = { tools: { t: { arguments: { size: { kind: "number", min: 1, max: 9 } } } } } as const;
    expect(decision(callTool('{"name":"t","arguments":{"size":10}}'), rules)).toMatchObject({
      reason: "t: the argument size must be a number from 1 to 9",
    });
    expect(JSON.stringify(decision(callTool('{"name":"t","arguments":{"evil":1}}'), rules))).not.toContain(
      "evil",
    );
  });

  it.each([
    ['"km"', true],
    ["1", true],
    ["1.0", true],
    ["true", true],
    ["null", true],
    ["0", true],
    ["-0", false],
    ["-0.0", false],
    ['"1"', false],
    ['"KM"', false],
    ['"km "', false],
    ['"km\\u0000"', false],
    ['"\\u006bm"', true],
    ['["km"]', false],
    ['{"a":"km"}', false],
    ["[]", false],
    ["false", false],
    ['""', false],
    // Beyond 2^53 JSON's digits are lost: the tool is given what was compared.
    ["9007199254740993", true],
    ["9007199254740995", false],
  ])("oneOf: %s → %s", (value, allow) => {
    const values = ["km", 1, true, null, 0, 9007199254740992];
    expect(decideArgument({ kind: "oneOf", values }, value)).toBe(allow);
  });

  it("compares texts unit by unit: another Unicode form is another text", () => {
    const rule: ArgumentRule = { kind: "oneOf", values: ["caf\u00e9"] };
    expect(decideArgument(rule, '"caf\u00e9"')).toBe(true);
    expect(decideArgument(rule, '"cafe\u0301"')).toBe(false);
    expect(decideArgument(rule, '"caf\uff45"')).toBe(false);
  });

  it.each([
    ['"Hanoi"', true],
    ['"Hanoi\\n"', false],
    ['"\\nHanoi"', false],
    ['"Hanoi\\nParis"', false],
    ['"Paris; rm"', false],
    ['""', false],
    ['"H"', false],
    [`"H${"a".repeat(40)}"`, false],
    ['["Hanoi"]', false],
    ['{"length":5}', false],
    ["5", false],
    ["null", false],
    ["true", false],
  ])("text with a pattern: %s → %s", (value, allow) => {
    expect(decideArgument({ kind: "text", pattern: "[A-Z][a-z]+", maxChars: 40 }, value)).toBe(allow);
  });

  it("matches the whole text with every alternative of a pattern", () => {
    const rule: ArgumentRule = { kind: "text", pattern: "a|b", maxChars: 10 };
    expect(["a", "b", "ab", "ax", "xb"].map((text) => decideArgument(rule, JSON.stringify(text)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("judges a text's length before its form", () => {
    const prone: ArgumentRule = { kind: "text", pattern: "(a+)+b", maxChars: 20 };
    expect(decideArgument(prone, JSON.stringify("a".repeat(100_000)))).toBe(false);
  });

  it("counts astral characters as two, and takes halves of pairs for what they are", () => {
    expect(decideArgument({ kind: "text", maxChars: 2 }, '"😀"')).toBe(true);
    expect(decideArgument({ kind: "text", maxChars: 1 }, '"😀"')).toBe(false);
    expect(decideArgument({ kind: "text", pattern: "\\p{L}", maxChars: 2 }, '"\\ud800"')).toBe(false);
  });

  it.each([
    ["1", true],
    ["7", true],
    ["1e0", true],
    ["0.9999999999999999", false],
    ["7.000000000000001", false],
    ["0", false],
    ["-0", false],
    ['"5"', false],
    ["[5]", false],
    ["null", false],
    ["true", false],
    ["123456789012345678901234567890", false],
  ])("number: %s → %s", (value, allow) => {
    expect(decideArgument({ kind: "number", min: 1, max: 7 }, value)).toBe(allow);
  });

  it("lets no negative nought through a range that begins with nought", () => {
    expect(decideArgument({ kind: "number", min: 0, max: 7 }, "0")).toBe(true);
    expect(decideArgument({ kind: "number", min: 0, max: 7 }, "-0")).toBe(false);
    expect(decideArgument({ kind: "number", min: 0, max: 7 }, "-1e-400")).toBe(false);
  });

  it.each(["NaN", "Infinity", "1e999", "-1e999", "0x10", "01", "1_000", "+1", ".5"])(
    "never gets to see %s",
    (value) => {
      expect(() => decideArgument({ kind: "any" }, value)).toThrow(/call_tool/);
    },
  );

  it("does not decide on an argument that changes what objects are", () => {
    expect(() => callTool('{"name":"t","arguments":{"__proto__":{"a":1}}}')).toThrow(/__proto__/);
    const { op, payload } = encodeCall({ op: "call_tool", name: "t", arguments: {} });
    expect(Object.getPrototypeOf(parseCall(op, payload))).toBe(Object.prototype);
  });
});
