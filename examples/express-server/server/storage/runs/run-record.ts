import type { AuditEntry, runStatuses } from "../schema.js";

/** What is kept of a run: how it ended and what it cost. Not its input, and not its output. */
export interface RunRecord {
  readonly id: string;
  readonly pluginId: number | null;
  readonly pluginName: string | null;
  readonly version: number | null;
  readonly userName: string | null;
  readonly status: (typeof runStatuses)[number];
  readonly reason: string | null;
  readonly errorMessage: string | null;
  readonly startedAt: Date;
  readonly queueMs: number;
  readonly wallMs: number;
  readonly computeMs: number;
  readonly waitMs: number;
  readonly peakMemoryBytes: number;
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly audit: readonly AuditEntry[];
}
