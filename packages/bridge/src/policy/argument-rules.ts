import type { JsonObject, JsonValue } from "../output.js";
import type { ArgumentRule, ToolRules } from "./policy.js";

/** Why these arguments are denied, or `undefined`. Names only what the rules name: the guest chose the rest. */
export function whyDenied({ arguments: rules }: ToolRules, args: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(args)) {
    // Own fields only: an argument may be called `constructor`.
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      return `an argument is not among those that are allowed: ${Object.keys(rules).join(", ") || "none"}`;
    }
    if (!allows(rule, value)) {
      return `the argument ${name} ${demandOf(rule)}`;
    }
  }
  return undefined;
}

function allows(rule: ArgumentRule, value: JsonValue): boolean {
  switch (rule.kind) {
    case "any":
      return true;
    case "oneOf":
      // `===` would let -0 pass for 0.
      return rule.values.some((allowed) => Object.is(allowed, value));
    case "text":
      return typeof value === "string" && value.length <= rule.maxChars && matches(rule, value);
    case "number":
      return typeof value === "number" && !Object.is(value, -0) && value >= rule.min && value <= rule.max;
  }
}

function matches(rule: ArgumentRule & { readonly kind: "text" }, text: string): boolean {
  return rule.pattern === undefined || expressionOf(rule, rule.pattern).test(text);
}

/** A policy is plain data, so what its patterns compile to is kept beside it. */
const expressions = new WeakMap<ArgumentRule, RegExp>();

function expressionOf(rule: ArgumentRule, pattern: string): RegExp {
  const expression = expressions.get(rule) ?? toWholeTextExpression(pattern);
  expressions.set(rule, expression);
  return expression;
}

/** Throws what `RegExp` throws where the pattern is none: `a)|(b` is none, though it would be one inside of a group. */
export function toWholeTextExpression(pattern: string): RegExp {
  return new RegExp(`^(?:${new RegExp(pattern, "u").source})$`, "u");
}

function demandOf(rule: ArgumentRule): string {
  switch (rule.kind) {
    case "any":
      return "may be anything";
    case "oneOf":
      return "has a value that is not among those that are allowed";
    case "text":
      return `must be a text of at most ${rule.maxChars} characters${rule.pattern === undefined ? "" : " of the allowed form"}`;
    case "number":
      return `must be a number from ${rule.min} to ${rule.max}`;
  }
}
