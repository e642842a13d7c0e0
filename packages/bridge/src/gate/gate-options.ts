import type { ResolvedLimits } from "../limits/limits.js";
import type { DecideCall, RunIdentity } from "../policy/decision.js";
import type { ResolvedPolicy } from "../policy/policy.js";
import type { Rates } from "../policy/rates.js";
import type { Provider } from "../provider/provider.js";
import type { GateListener } from "./gate.js";
import type { ToolSet } from "./tool-set.js";

export interface GateOptions {
  readonly run: RunIdentity;
  readonly policy: ResolvedPolicy;
  readonly limits: ResolvedLimits;
  /** Of several, `joinProviders` makes one. Without it every model is `model_not_found`. */
  readonly provider?: Provider;
  readonly tools?: ToolSet;
  /** One for the whole Forge. Without it nothing is counted per minute. */
  readonly rates?: Rates;
  readonly decide?: DecideCall;
  /** The run is over. */
  readonly signal?: AbortSignal;
  /** Until the run's deadline. @default what is left of `limits.wallTimeMs` since the run began */
  readonly timeLeftMs?: () => number;
  /** Milliseconds since the run began. @default since the gate was made */
  readonly now?: () => number;
  /** Hears what happens, as it happens. What it throws fails the call that it was told of, with `internal`. */
  readonly on?: GateListener;
}
