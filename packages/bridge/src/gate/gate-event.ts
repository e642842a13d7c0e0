import type { OutputItem } from "../output.js";
import type { CallOp } from "../protocol.js";
import type { CallErrorCode } from "./call-error.js";

/**
 * What happens at the gate, as it happens. Calls are told apart by `callId`, unique within their run.
 *
 * Each call for a model, a tool, or a list of them is `call_denied`, or `call_started` and later `call_finished`. Output,
 * progress and logs are told as what they are, and `next` and `cancel` belong to the calls that they fetch and end; of all
 * these only what is refused is `call_denied`.
 */
export type GateEvent =
  | { readonly type: "output"; readonly item: OutputItem }
  /** The message is one line, without control characters; so are those of logs. */
  | { readonly type: "progress"; readonly fraction: number; readonly message: string }
  | { readonly type: "log"; readonly level: LogLevel; readonly message: string }
  | { readonly type: "call_started"; readonly call: CallSummary }
  /** A piece of a model's answer. */
  | { readonly type: "tokens"; readonly callId: number; readonly text: string }
  | { readonly type: "call_finished"; readonly call: CallSummary; readonly result: CallResult }
  | {
      readonly type: "call_denied";
      readonly call: CallSummary;
      readonly code: CallErrorCode;
      readonly reason: string;
      /** What a host app's own function threw. For the host's log: it never crosses the door. */
      readonly cause?: unknown;
    };

export type LogLevel = "debug" | "info" | "warning" | "error";

/** What a call asks for, without its content. */
export interface CallSummary {
  readonly callId: number;
  /** `unknown` for what does not exist. A call that was begun is told as what it is, not as `begin`. */
  readonly op: CallOp | "unknown";
  /** The model or the tool that is called. Only names that the policy knows; else absent. */
  readonly target?: string;
  readonly requestBytes: number;
  /** Milliseconds since the run began. */
  readonly atMs: number;
}

export interface CallResult {
  readonly ok: boolean;
  /** The code of the error that the guest was told. */
  readonly code?: CallErrorCode;
  /** What a provider or tool threw. For the host's log: it never crosses the door. */
  readonly cause?: unknown;
  readonly replyBytes: number;
  readonly durationMs: number;
  /** Who answered; behind a route, the one that did. */
  readonly provider?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** How long the provider had it wait for its turn. */
  readonly queueMs?: number;
}
