import { decide } from "../policy/decide.js";
import type { DecideCall, Decision, PolicyUsage } from "../policy/decision.js";
import { parseHostDecision } from "../policy/host-decision.js";
import type { MeteredCall } from "../protocol.js";
import type { CallScope } from "./call-scope.js";
import type { GateOptions } from "./gate-options.js";
import type { Denial } from "./journal.js";
import type { Meter } from "./meter.js";

type AdmissionOptions = Pick<GateOptions, "run" | "policy" | "tools" | "rates" | "decide">;

/** Asks the policy, then the host app's own function, for one call after the other. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #meter: Meter;

  constructor(options: AdmissionOptions, meter: Meter) {
    this.#options = options;
    this.#meter = meter;
  }

  /**
   * Why the call is denied, or `undefined`. It is counted at once, before anything is waited for: of calls that are
   * asked about at the same time, each sees those before it.
   */
  whyDenied(call: MeteredCall, scope: CallScope): Denial | undefined | Promise<Denial | undefined> {
    const { run, policy, rates, decide: askHost } = this.#options;
    const usage: PolicyUsage = {
      ...this.#meter.usage(),
      // This call has been counted already.
      calls: this.#meter.calls - 1,
      lastMinute: rates?.lastMinute(run) ?? { plugin: 0, tenant: 0 },
    };
    const standard = this.#isMissingTool(call) ? missingTool : decide(policy, usage, call);
    if (standard.allow || standard.code !== "rate_limited") {
      rates?.add(run);
    }
    return askHost ? this.#askHost(askHost, call, usage, standard, scope) : toDenial(standard);
  }

  async #askHost(
    askHost: DecideCall,
    call: MeteredCall,
    usage: PolicyUsage,
    standard: Decision,
    scope: CallScope,
  ): Promise<Denial | undefined> {
    const ask = async () => askHost(call, usage, standard, { ...this.#options.run, signal: scope.signal });
    try {
      return toDenial(parseHostDecision(await scope.race(ask())));
    } catch (cause) {
      return { code: "decision_failed", reason: "the host app could not decide on this call", cause };
    }
  }

  #isMissingTool(call: MeteredCall): boolean {
    return call.op === "call_tool" && !this.#options.tools?.list().some(({ name }) => name === call.name);
  }
}

/** Frozen: host apps are shown it. */
const missingTool: Decision = Object.freeze({
  allow: false,
  code: "tool_not_allowed",
  reason: "the host offers no such tool; list_tools says which there are",
});

function toDenial(decision: Decision): Denial | undefined {
  return decision.allow ? undefined : decision;
}
