import type { RunEvent } from "@wasmforge/core";
import type { AuditEntry } from "../storage/runs/index.js";

/** Calls beyond these are counted in the usage, but not listed. */
const maxEntries = 200;

/** Collects what a run's calls were, from its events. Their content is not part of it. */
export class RunAudit {
  readonly #entries = new Map<number, AuditEntry>();

  get entries(): readonly AuditEntry[] {
    return [...this.#entries.values()];
  }

  on(event: RunEvent): void {
    switch (event.type) {
      case "call_started":
        this.#keep(event.call, { decision: "failed" });
        break;
      case "call_denied":
        this.#keep(event.call, { decision: "denied", code: event.code });
        break;
      case "call_finished":
        this.#keep(event.call, toResult(event.result));
        break;
    }
  }

  #keep(call: Call, result: Partial<AuditEntry> & Pick<AuditEntry, "decision">): void {
    if (this.#entries.size >= maxEntries && !this.#entries.has(call.callId)) return;
    const { op, target, requestBytes, atMs } = call;
    this.#entries.set(call.callId, {
      op,
      ...(target !== undefined && { target }),
      requestBytes,
      atMs,
      ...result,
    });
  }
}

type Call = Extract<RunEvent, { readonly type: "call_started" }>["call"];
type Result = Extract<RunEvent, { readonly type: "call_finished" }>["result"];

function toResult(result: Result): Partial<AuditEntry> & Pick<AuditEntry, "decision"> {
  const { ok, code, durationMs, replyBytes, promptTokens, completionTokens, provider } = result;
  return {
    decision: ok ? "served" : "failed",
    durationMs,
    replyBytes,
    ...(code !== undefined && { code }),
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(provider !== undefined && { provider }),
  };
}
