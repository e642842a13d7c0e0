/** What the server answers, as far as these pages know it. A test of the server holds the two together. */

export type InputType = "text" | "file" | "json";

export interface PluginSummary {
  readonly name: string;
  readonly description: string;
  readonly input_type: InputType;
  readonly input_hint: string;
  readonly calls: number;
}

export interface Plugin extends PluginSummary {
  readonly owner: string | null;
  readonly version: number;
  readonly tags: readonly string[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly runs: number;
  readonly rating: number | null;
  readonly reviews: number;
  readonly mine: boolean;
}

export interface PluginCode extends Omit<PluginSummary, "calls"> {
  readonly code: string;
}

export interface PluginVersion extends Omit<PluginSummary, "name"> {
  readonly version: number;
  readonly current: boolean;
  readonly sha256: string;
  readonly uploaded_by: string | null;
  readonly uploaded_at: string;
}

export interface Review {
  readonly author: string;
  readonly rating: number;
  readonly text: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly mine: boolean;
}

export interface RunTotals {
  readonly completed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly calls: number;
  readonly tokens: number;
}

export interface Activity extends RunTotals {
  readonly from: string;
}

export interface PluginStatistics {
  readonly completed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly last_run_at: string | null;
  readonly recent: RunTotals;
  readonly reasons: Readonly<Record<string, number>>;
  readonly days: readonly Activity[];
}

export interface RunUsage {
  readonly queue_ms: number;
  readonly wall_ms: number;
  readonly compute_ms: number;
  readonly wait_ms: number;
  readonly peak_memory_bytes: number;
  readonly calls: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly input_bytes: number;
  readonly output_bytes: number;
}

export type RunStatus = "completed" | "failed" | "stopped";

export interface Run {
  readonly id: string;
  readonly plugin: string | null;
  readonly version: number | null;
  readonly user: string | null;
  readonly status: RunStatus;
  readonly reason: string | null;
  readonly error: string | null;
  readonly started_at: string;
  readonly usage: RunUsage;
}

export interface AuditedCall {
  readonly op: string;
  readonly target?: string | undefined;
  readonly decision: "served" | "failed" | "denied";
  readonly code?: string | undefined;
  readonly at_ms: number;
  readonly duration_ms?: number | undefined;
  readonly request_bytes: number;
  readonly reply_bytes?: number | undefined;
  readonly prompt_tokens?: number | undefined;
  readonly completion_tokens?: number | undefined;
  readonly provider?: string | undefined;
}

export interface AuditedRun extends Run {
  readonly audit: readonly AuditedCall[];
}

export interface Model {
  readonly name: string;
  readonly type: "text" | "code" | "vision" | "embedding";
  readonly description: string;
  readonly available: boolean;
  readonly digest: string | null;
  readonly context_length: number | null;
  readonly capabilities: readonly string[];
}

export interface Models {
  readonly demo: boolean;
  readonly server: {
    readonly url: string;
    readonly status: "connected" | "disconnected" | "error";
    readonly message: string;
  };
  readonly models: readonly Model[];
}

export interface CheckProblem {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Lines and columns begin at 1. */
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

export interface CheckReport {
  readonly ok: boolean;
  readonly problems: readonly CheckProblem[];
  readonly imports: readonly string[];
  readonly calls: number;
}

export interface Me {
  readonly kind: "local" | "operator" | "admin" | "token" | "metrics" | "anonymous";
  readonly user: string | null;
  readonly permissions: readonly string[];
  readonly tokens_needed: boolean;
}

export interface ServerInfo {
  readonly version: string;
  readonly runtime: string;
  readonly demo: boolean;
  readonly limits: {
    readonly execution_seconds: number;
    readonly compute_seconds: number;
    readonly memory_mb: number;
    readonly prompt_chars: number;
    readonly calls: number;
    readonly input_bytes: number;
    readonly output_bytes: number;
  };
}

export interface Token {
  readonly id: string;
  readonly user: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

export interface RunPage {
  readonly items: readonly Run[];
  readonly next: string | null;
}
