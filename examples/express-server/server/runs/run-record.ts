import type { Outcome } from "@wasmforge/core";
import { toStorableText } from "../storage/index.js";
import type { AuditEntry, RunRecord } from "../storage/runs/index.js";
import type { RunBeginning } from "./journal-line.js";

const maxErrorChars = 2_000;
/** Signs that change the direction of all that follows them, until another sign ends that. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

export function toRecord(beginning: RunBeginning, outcome: Outcome, audit: readonly AuditEntry[]): RunRecord {
  const { usage } = outcome;
  // Field by field, not spread: this is on the way of every run.
  return {
    id: beginning.id,
    pluginId: beginning.pluginId,
    pluginName: beginning.pluginName,
    version: beginning.version,
    userName: beginning.userName,
    startedAt: beginning.startedAt,
    inputBytes: beginning.inputBytes,
    status: outcome.status,
    reason: outcome.status === "stopped" ? outcome.reason : null,
    errorMessage: toErrorMessage(outcome),
    queueMs: usage.queueMs,
    wallMs: usage.wallMs,
    computeMs: usage.computeMs,
    waitMs: usage.waitMs,
    peakMemoryBytes: usage.peakMemoryBytes,
    calls: usage.calls,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    outputBytes: usage.outputBytes,
    audit,
  };
}

/** Of a run that came to no outcome, because something on our side failed. */
export function toFaultRecord(beginning: RunBeginning, audit: readonly AuditEntry[]): RunRecord {
  return {
    ...beginning,
    status: "stopped",
    reason: "fault",
    errorMessage: "The server could not finish this run.",
    queueMs: 0,
    wallMs: Date.now() - beginning.startedAt.getTime(),
    computeMs: 0,
    waitMs: 0,
    peakMemoryBytes: 0,
    calls: 0,
    promptTokens: 0,
    completionTokens: 0,
    outputBytes: 0,
    audit,
  };
}

/** One sentence for people. What a plugin raised is the plugin's own text, and shortened. */
export function toErrorMessage(outcome: Outcome): string | null {
  switch (outcome.status) {
    case "completed":
      return null;
    case "stopped":
      return outcome.message;
    case "failed": {
      const { type, message, line } = outcome.error;
      const where = line === undefined ? "" : ` (line ${line})`;
      const text = message === "" ? type : `${type}: ${message}`;
      const shortened = text.slice(0, maxErrorChars).replaceAll(turning, "\ufffd");
      return `${toStorableText(shortened)}${where}`;
    }
  }
}
