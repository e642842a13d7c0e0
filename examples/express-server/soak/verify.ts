/** Whether the platform's own account of what happened is complete, and the same as its visitors'. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { type AuditRecord, verifyAudit } from "@wasmforge/core";
import type { Client } from "./client.js";
import type { Ledger } from "./ledger.js";

interface HistoryEntry {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
}

/** Every run that was accepted is there once, and ended as it must. Gives how each run of the history ended. */
export async function verifyHistory(admin: Client, ledger: Ledger): Promise<ReadonlyMap<string, string>> {
  const history = new Map<string, string>();
  for (let before = ""; ; ) {
    const { status, body } = await admin.ask("GET", `/api/runs?limit=100${before}`);
    if (status !== 200) throw new Error(`the history was answered with ${status}`);
    for (const entry of body.items as HistoryEntry[]) {
      if (history.has(entry.id)) ledger.violation(`the run ${entry.id} is twice in the history`);
      history.set(entry.id, toEnd(entry));
    }
    if (body.next === null) break;
    before = `&before=${body.next}`;
  }
  for (const [id, ends] of ledger.runs) {
    const end = history.get(id);
    if (end === undefined) ledger.violation(`the run ${id} is not in the history`);
    else if (!ends.includes(end)) ledger.violation(`a run ended as ${end}, not as ${ends.join(" or ")}`);
  }
  return history;
}

/** The chain is whole, and has one record of each run of the history, which says the same of its end. */
export async function verifyTrail(
  file: string,
  history: ReadonlyMap<string, string>,
  ledger: Ledger,
): Promise<number> {
  const verdict = await verifyAudit(linesOf(file));
  if (!verdict.ok) ledger.violation(`the audit chain is broken: ${JSON.stringify(verdict)}`);
  if (verdict.ok && verdict.missing > 0) ledger.violation(`${verdict.missing} audit records are missing`);
  const recorded = new Set<string>();
  for await (const line of linesOf(file)) {
    const { runId, outcome, usage } = (JSON.parse(line) as { readonly run: AuditRecord }).run;
    // It was refused, or cancelled while it waited: nothing has run.
    if (outcome.status === "error" || usage.wallMs === 0) continue;
    if (recorded.has(runId)) ledger.violation(`the run ${runId} has two audit records`);
    recorded.add(runId);
    const end = toEnd({ ...outcome, reason: "reason" in outcome ? outcome.reason : null });
    if (history.get(runId) !== end) {
      ledger.violation(
        `the run ${runId} ended as ${end} in its audit record, as ${history.get(runId)} elsewhere`,
      );
    }
  }
  for (const id of history.keys()) {
    if (!recorded.has(id)) ledger.violation(`the run ${id} has no audit record`);
  }
  return recorded.size;
}

const toEnd = ({ status, reason }: Omit<HistoryEntry, "id">): string =>
  reason === null ? status : `${status}:${reason}`;

const linesOf = (file: string) =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
