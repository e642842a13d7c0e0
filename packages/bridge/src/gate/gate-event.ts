import type { OutputItem } from "../output.js";
import type { CallOp } from "../protocol.js";

/** What happens at the gate, as it happens. Calls are told apart by `callId`, unique within their run. */
export type GateEvent =
  | { readonly type: "output"; readonly item: OutputItem }
  | { readonly type: "progress"; readonly fraction: number; readonly message: string }
  | { readonly type: "log"; readonly level: LogLevel; readonly message: string }
  | { readonly type: "call_started"; readonly call: CallSummary }
  /** A piece of a model's answer. */
  | { readonly type: "tokens"; readonly callId: number; readonly text: string }
  | { readonly type: "call_finished"; readonly call: CallSummary; readonly result: CallResult }
  | {
      readonly type: "call_denied";
      readonly call: CallSummary;
      readonly code: string;
      readonly reason: string;
    };

export type LogLevel = "debug" | "info" | "warning" | "error";

/** What a call asks for, without its content. */
export interface CallSummary {
  readonly callId: number;
  /** `unknown` for what could not be understood. */
  readonly op: CallOp | "unknown";
  /** The model or the tool that is called. Only names that the policy or the host knows; else absent. */
  readonly target?: string;
  readonly requestBytes: number;
  /** Milliseconds since the run began. */
  readonly atMs: number;
}

export interface CallResult {
  readonly ok: boolean;
  /** The code of the error that the guest was told. */
  readonly code?: string;
  readonly replyBytes: number;
  readonly durationMs: number;
  readonly provider?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** How long the provider had it wait for its turn. */
  readonly queueMs?: number;
}
