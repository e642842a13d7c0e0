/** What is kept of a run. Everything in it is the host's, or sizes and codes; what the plugin wrote only on request. */
import type { CallOp, OutputItem, ResolvedLimits, ResolvedPolicy } from "@wasmforge/bridge";
import type { PluginError } from "@wasmforge/python-runtime";
import type { RunUsage } from "../run/outcome.js";

export interface AuditRecord {
  readonly runId: string;
  readonly tenant: string;
  /** When it was asked for, and when its outcome was there: ISO 8601. */
  readonly requestedAt: string;
  readonly endedAt: string;
  readonly plugin: { readonly name: string; readonly sha256: string };
  readonly runtime: { readonly name: string; readonly imageHash: string };
  readonly policy: ResolvedPolicy;
  readonly limits: ResolvedLimits;
  readonly sessionId?: string;
  /** It repeated another run from its record: its calls reached nobody. */
  readonly isReplay?: boolean;
  readonly repeatable?: { readonly seed: number; readonly nowMs: number };
  readonly calls: readonly AuditedCall[];
  /** Calls beyond the first thousand are only counted. */
  readonly callsLeftOut: number;
  readonly usage: RunUsage;
  readonly outcome: AuditedOutcome;
  readonly content?: AuditedContent;
}

export interface AuditedCall {
  readonly callId: number;
  readonly op: CallOp | "unknown";
  readonly target?: string;
  /** `pending`: the run ended before its answer. */
  readonly decision: "allowed" | "denied" | "pending";
  readonly atMs: number;
  readonly requestBytes: number;
  readonly ok?: boolean;
  /** What the plugin was told. */
  readonly code?: string;
  readonly replyBytes?: number;
  readonly durationMs?: number;
  readonly queueMs?: number;
  readonly provider?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
}

export type AuditedOutcome =
  | { readonly status: "completed" }
  | { readonly status: "failed"; readonly line?: number }
  | { readonly status: "stopped"; readonly reason: string }
  /** It came to no outcome: refused, or a part of ours failed. */
  | { readonly status: "error"; readonly code: string };

export interface AuditedContent {
  readonly source: string;
  readonly input: string;
  readonly outputs: readonly OutputItem[];
  readonly stdout: string;
  readonly stderr: string;
  readonly error?: PluginError;
}
