/** Makes the audit record of each run, and gives it to the trail. */
import {
  type CallResult,
  type CallSummary,
  ForgeError,
  fromTextBytes,
  type GateEvent,
} from "@wasmforge/bridge";
import type { PoolRuntime } from "../pool/pool.js";
import type { RunWatch, RunWatchEnd, RunWatcher } from "../run/execute-run.js";
import type { Outcome, RunUsage } from "../run/outcome.js";
import type { ResolvedRun } from "../run/run-options.js";
import type { AuditedCall, AuditedContent, AuditedOutcome, AuditRecord } from "./audit-record.js";
import type { AuditTrail } from "./audit-trail.js";
import { canonicalJson, WrittenJson } from "./canonical-json.js";

const maxCalls = 1_000;

export interface AuditRunsOptions {
  readonly trail: AuditTrail;
  readonly runtime: PoolRuntime;
  readonly isContentKept: boolean;
}

export function auditRuns(options: AuditRunsOptions): RunWatcher {
  return (run) => new AuditedRun(run, options);
}

class AuditedRun implements RunWatch {
  readonly #run: ResolvedRun;
  readonly #options: AuditRunsOptions;
  readonly #requestedAt = Date.now();
  readonly #calls = new Map<number, AuditedCall>();
  #callsLeftOut = 0;

  constructor(run: ResolvedRun, options: AuditRunsOptions) {
    this.#run = run;
    this.#options = options;
  }

  on(event: GateEvent): void {
    switch (event.type) {
      case "call_started":
        this.#keep({ ...summaryOf(event.call), decision: "pending" });
        break;
      case "call_denied":
        this.#keep({ ...summaryOf(event.call), decision: "denied", code: event.code });
        break;
      case "call_finished":
        this.#keep({ ...summaryOf(event.call), decision: "allowed", ...resultOf(event.result) });
        break;
    }
  }

  end(end: RunWatchEnd): void {
    const { trail, runtime, isContentKept } = this.#options;
    const { runId, tenant, plugin, policy, limits, repeatable, sessionId, isReplay } = this.#run;
    const content = isContentKept && "outcome" in end ? contentOf(this.#run, end.outcome) : undefined;
    const record: Unwritten<AuditRecord, "policy" | "limits"> = {
      runId,
      tenant,
      requestedAt: new Date(this.#requestedAt).toISOString(),
      endedAt: new Date().toISOString(),
      plugin: { name: plugin.name, sha256: plugin.sha256 },
      runtime: { name: runtime.name, imageHash: runtime.imageHash },
      policy: written(policy),
      limits: written(limits),
      ...(sessionId !== undefined && { sessionId }),
      ...(isReplay && { isReplay }),
      ...(repeatable && { repeatable }),
      calls: [...this.#calls.values()],
      callsLeftOut: this.#callsLeftOut,
      usage: roundedUsage("outcome" in end ? end.outcome.usage : end.usage),
      outcome: "outcome" in end ? outcomeOf(end.outcome) : { status: "error", code: codeOf(end.error) },
      ...(content && { content }),
    };
    trail.add(canonicalJson(record));
  }

  #keep(call: AuditedCall): void {
    if (this.#calls.size < maxCalls || this.#calls.has(call.callId)) this.#calls.set(call.callId, call);
    else if (call.decision !== "allowed") this.#callsLeftOut += 1;
  }
}

type Unwritten<Whole, Part extends keyof Whole> = Omit<Whole, Part> & Readonly<Record<Part, WrittenJson>>;

/** Frozen, and the same for very many runs: what they look like is found out once. */
const writtenBefore = new WeakMap<object, WrittenJson>();

function written(frozen: object): WrittenJson {
  const known = writtenBefore.get(frozen) ?? new WrittenJson(frozen);
  writtenBefore.set(frozen, known);
  return known;
}

/** Field by field: what else events may carry one day is not meant for records. */
function summaryOf({ callId, op, target, requestBytes, atMs }: CallSummary) {
  return { callId, op, requestBytes, atMs: rounded(atMs), ...(target !== undefined && { target }) };
}

function resultOf(result: CallResult): Partial<AuditedCall> {
  const { ok, code, replyBytes, durationMs, provider, promptTokens, completionTokens, queueMs } = result;
  return {
    ok,
    replyBytes,
    durationMs: rounded(durationMs),
    ...(code !== undefined && { code }),
    ...(provider !== undefined && { provider }),
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(queueMs !== undefined && { queueMs: rounded(queueMs) }),
  };
}

function roundedUsage(usage: RunUsage): RunUsage {
  const { wallMs, computeMs, waitMs, queueMs } = usage;
  return {
    ...usage,
    wallMs: rounded(wallMs),
    computeMs: rounded(computeMs),
    waitMs: rounded(waitMs),
    queueMs: rounded(queueMs),
  };
}

/** To microseconds: clocks tell no more. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}

function outcomeOf(outcome: Outcome): AuditedOutcome {
  switch (outcome.status) {
    case "completed":
      return { status: "completed" };
    case "failed":
      return { status: "failed", ...(outcome.error.line !== undefined && { line: outcome.error.line }) };
    case "stopped":
      return { status: "stopped", reason: outcome.reason };
  }
}

function contentOf({ plugin, input }: ResolvedRun, outcome: Outcome): AuditedContent {
  const { outputs, stdout, stderr } = outcome;
  return {
    source: toText(plugin.source),
    input: toText(input),
    outputs,
    stdout,
    stderr,
    ...(outcome.status === "failed" && { error: outcome.error }),
  };
}

function toText(content: string | Uint8Array): string {
  return typeof content === "string" ? content : fromTextBytes(content);
}

function codeOf(error: unknown): string {
  return ForgeError.is(error) ? error.code : "seat_failed";
}
