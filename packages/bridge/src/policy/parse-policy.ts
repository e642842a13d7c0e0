import { z } from "zod";
import { ForgeError } from "../errors/forge-error.js";
import { frozen } from "../frozen.js";
import { toPlainData } from "../plain-data.js";
import { toWholeTextExpression } from "./argument-rules.js";
import { normalizeModelName } from "./model-name.js";
import type { ResolvedPolicy } from "./policy.js";

const count = z.int().min(0).max(1_000_000_000);
const name = z.string().min(1).max(1_000);

const argumentRule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("any") }),
  z.strictObject({
    kind: z.literal("oneOf"),
    values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1),
  }),
  z.strictObject({
    kind: z.literal("text"),
    pattern: z
      .string()
      .refine(isPattern, "must be a regular expression that is valid with the flag u")
      .optional(),
    maxChars: count,
  }),
  z
    .strictObject({ kind: z.literal("number"), min: z.number(), max: z.number() })
    .refine(({ min, max }) => min <= max, "must not have a min above its max"),
]);

const policySchema = z.strictObject({
  models: z.array(name).default([]),
  maxPromptChars: count.default(4_000),
  maxCalls: count.default(10),
  maxTokens: count.default(100_000),
  maxParallelCalls: count.min(1).max(1_000).default(4),
  maxCallsPerMinute: z
    .strictObject({ plugin: count.default(600), tenant: count.default(3_000) })
    .prefault({}),
  maxImages: count.default(4),
  maxFreeCalls: count.default(1_000),
  tools: z
    .record(name, z.union([z.literal(true), z.strictObject({ arguments: z.record(name, argumentRule) })]))
    .default({}),
  imports: z.strictObject({ allow: z.array(name) }).optional(),
});

/** Turns a policy into one with nothing left open, or throws `invalid_options` naming the field. */
export function parsePolicy(input: unknown = {}): ResolvedPolicy {
  const parsed = policySchema.safeParse(toPlainData(input, "policy"));
  if (!parsed.success) {
    throw new ForgeError("invalid_options", describe(parsed.error.issues[0]), { cause: parsed.error });
  }
  const { imports, ...policy } = parsed.data;
  return frozen({
    ...policy,
    models: [...new Set(policy.models.map(normalizeModelName))],
    ...(imports && { imports }),
  }) as ResolvedPolicy;
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  const field = ["policy", ...(issue?.path ?? [])].join(".");
  if (issue?.code === "unrecognized_keys") {
    const known = issue.path.length === 0 ? `; there are: ${Object.keys(policySchema.shape).join(", ")}` : "";
    return `${field} has no field ${issue.keys.join(", ")}${known}`;
  }
  return `${field}: ${issue?.message}`;
}

function isPattern(pattern: string): boolean {
  try {
    return toWholeTextExpression(pattern).unicode;
  } catch {
    return false;
  }
}
