import { toPrintable } from "../printable.js";
import type { Decision, DenialCode } from "./decision.js";

const denialCodes: Readonly<Record<DenialCode, true>> = {
  model_not_allowed: true,
  prompt_too_long: true,
  too_many_calls: true,
  too_many_tokens: true,
  too_many_images: true,
  rate_limited: true,
  tool_not_allowed: true,
  argument_not_allowed: true,
  denied: true,
  decision_failed: true,
};

/** What a host app's own function returned, or a `TypeError` where it is no decision. */
export function parseHostDecision(value: unknown): Decision {
  const { allow, code, reason } = Object(value) as { allow?: unknown; code?: unknown; reason?: unknown };
  if (allow === true) {
    return { allow };
  }
  if (allow !== false || typeof reason !== "string") {
    throw new TypeError('decide must return { allow: true } or { allow: false, reason: "why" }');
  }
  return { allow, code: isDenialCode(code) ? code : "denied", reason: toPrintable(reason, 500) };
}

function isDenialCode(code: unknown): code is DenialCode {
  return typeof code === "string" && Object.hasOwn(denialCodes, code);
}
