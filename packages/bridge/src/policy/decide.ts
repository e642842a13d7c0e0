import type { MeteredCall } from "../protocol.js";
import type { Decision, PolicyUsage } from "./decision.js";
import type { ResolvedPolicy } from "./policy.js";

/** What the policy says to a model or tool call. Pure: the same question has the same answer. */
export function decide(policy: ResolvedPolicy, usage: PolicyUsage, call: MeteredCall): Decision {
  void policy;
  void usage;
  return { allow: false, code: "denied", reason: `${call.op} is not decided yet` };
}
