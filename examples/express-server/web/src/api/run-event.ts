import type { RunStatus, RunUsage } from "./shapes.js";

/** What the server tells of a run while it goes on, in the order in which it happens. */
export type RunEvent =
  | { readonly type: "queued" }
  | { readonly type: "started"; readonly run_id: string }
  | { readonly type: "stdout" | "stderr"; readonly text: string }
  | OutputEvent
  | { readonly type: "progress"; readonly fraction: number; readonly message: string }
  | { readonly type: "log"; readonly level: LogLevel; readonly message: string }
  | ({ readonly type: "call_started" } & CallTold)
  | { readonly type: "tokens"; readonly call_id: number; readonly text: string }
  | ({ readonly type: "call_finished" } & CallTold & CallResult)
  | ({ readonly type: "call_denied"; readonly code: string; readonly reason: string } & CallTold)
  | OutcomeEvent
  | { readonly type: "problem"; readonly detail: string };

export type LogLevel = "debug" | "info" | "warning" | "error";

export interface OutputEvent {
  readonly type: "output";
  readonly kind: "text" | "json";
  /** Of JSON, as Python writes it. */
  readonly text: string;
  /** Of JSON, what it is. */
  readonly value?: unknown;
}

export interface CallTold {
  readonly call_id: number;
  readonly op: string;
  readonly target: string | null;
  /** Since the run began. */
  readonly at_ms: number;
}

export interface CallResult {
  readonly ok: boolean;
  readonly code: string | null;
  readonly duration_ms: number;
  readonly provider: string | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
}

/** How a run ended. The last event. */
export interface OutcomeEvent {
  readonly type: "outcome";
  readonly run_id: string;
  readonly status: RunStatus;
  /** Why it was stopped. */
  readonly reason: string | null;
  readonly success: boolean;
  readonly output: string;
  readonly error: string | null;
  readonly error_type: string | null;
  /** Where in the plugin it failed. */
  readonly line: number | null;
  readonly traceback: string | null;
  readonly usage: RunUsage;
}
