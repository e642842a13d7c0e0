import { toPrintable } from "../printable.js";
import type { MeteredCall } from "../protocol.js";
import { whyDenied } from "./argument-rules.js";
import type { Decision, DenialCode, PolicyUsage } from "./decision.js";
import { normalizeModelName } from "./model-name.js";
import type { ResolvedPolicy } from "./policy.js";

const allowed: Decision = Object.freeze({ allow: true });

/** What the policy says to a model or tool call. Pure: the same question has the same answer. */
export function decide(policy: ResolvedPolicy, usage: PolicyUsage, call: MeteredCall): Decision {
  return (
    decideBudget(policy, usage) ??
    (call.op === "call_tool" ? decideTool(policy, call) : decideModel(policy, call)) ??
    decideRate(policy, usage) ??
    allowed
  );
}

type ToolCall = Extract<MeteredCall, { readonly op: "call_tool" }>;
type ModelCall = Exclude<MeteredCall, ToolCall>;

function decideBudget(policy: ResolvedPolicy, usage: PolicyUsage): Decision | undefined {
  if (usage.calls >= policy.maxCalls) {
    return deny(
      "too_many_calls",
      `a run may make ${policy.maxCalls} model and tool calls; failed and refused ones count`,
    );
  }
  if (usage.promptTokens + usage.completionTokens >= policy.maxTokens) {
    return deny(
      "too_many_tokens",
      `a run may use ${policy.maxTokens} tokens, and this one has; ask for less per call`,
    );
  }
  return undefined;
}

function decideModel(policy: ResolvedPolicy, call: ModelCall): Decision | undefined {
  if (!policy.models.includes(normalizeModelName(call.model))) {
    return deny(
      "model_not_allowed",
      `this model is not allowed here; ${namesSome("allowed models", policy.models)}`,
    );
  }
  const chars = promptChars(call);
  if (chars > policy.maxPromptChars) {
    return deny(
      "prompt_too_long",
      `the call gives the model ${chars} characters to read, and ${policy.maxPromptChars} are allowed; shorten or split it`,
    );
  }
  const images = call.op === "call_ai" ? (call.images?.length ?? 0) : 0;
  if (images > policy.maxImages) {
    return deny(
      "too_many_images",
      `the call has ${images} images, and ${policy.maxImages} are allowed in one call`,
    );
  }
  return undefined;
}

/** What a call gives the model to read. A schema counts: servers show it to the model. */
export function promptChars(call: ModelCall): number {
  if (call.op === "embed") {
    return call.texts.reduce((sum, text) => sum + text.length, 0);
  }
  const schemaChars = typeof call.format === "object" ? JSON.stringify(call.format).length : 0;
  return call.prompt.length + (call.system?.length ?? 0) + schemaChars;
}

function decideTool(policy: ResolvedPolicy, call: ToolCall): Decision | undefined {
  const rules = Object.hasOwn(policy.tools, call.name) ? policy.tools[call.name] : undefined;
  if (rules === undefined) {
    return deny(
      "tool_not_allowed",
      `this tool is not allowed here; ${namesSome("allowed tools", Object.keys(policy.tools))}`,
    );
  }
  const why = rules === true ? undefined : whyDenied(rules, call.arguments);
  return why === undefined ? undefined : deny("argument_not_allowed", `${call.name}: ${why}`);
}

function decideRate(policy: ResolvedPolicy, { lastMinute }: PolicyUsage): Decision | undefined {
  const { plugin, tenant } = policy.maxCallsPerMinute;
  if (lastMinute.plugin >= plugin) {
    return deny(
      "rate_limited",
      `a plugin may make ${plugin} calls a minute, in all its runs; try again later`,
    );
  }
  if (lastMinute.tenant >= tenant) {
    return deny("rate_limited", `its plugins together may make ${tenant} calls a minute; try again later`);
  }
  return undefined;
}

function deny(code: DenialCode, reason: string): Decision {
  return { allow: false, code, reason };
}

function namesSome(what: string, names: readonly string[]): string {
  const some = toPrintable(names.slice(0, 10).join(", ")) || "none";
  return `${what}: ${some}${names.length > 10 ? " and more" : ""}`;
}
