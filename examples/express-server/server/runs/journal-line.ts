import { z } from "zod";
import type { RunRecord } from "../storage/runs/index.js";

/** What is known of a run when it begins. */
export type RunBeginning = Pick<
  RunRecord,
  "id" | "pluginId" | "pluginName" | "version" | "userName" | "startedAt" | "inputBytes"
>;

export type JournalLine = { readonly begin: RunBeginning } | { readonly end: RunRecord };

const count = z.int().min(0);

const beginning = z.object({
  id: z.uuid(),
  pluginId: count.nullable(),
  pluginName: z.string().nullable(),
  version: count.nullable(),
  userName: z.string().nullable(),
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  inputBytes: count,
});

const call = z.object({
  op: z.string(),
  target: z.string().optional(),
  decision: z.enum(["served", "failed", "denied"]),
  code: z.string().optional(),
  atMs: z.number(),
  durationMs: z.number().optional(),
  requestBytes: count,
  replyBytes: count.optional(),
  promptTokens: count.optional(),
  completionTokens: count.optional(),
  provider: z.string().optional(),
});

const record = beginning.extend({
  status: z.enum(["completed", "failed", "stopped"]),
  reason: z.string().nullable(),
  errorMessage: z.string().nullable(),
  queueMs: z.number(),
  wallMs: z.number(),
  computeMs: z.number(),
  waitMs: z.number(),
  peakMemoryBytes: count,
  calls: count,
  promptTokens: count,
  completionTokens: count,
  outputBytes: count,
  audit: z.array(call),
});

const line = z.union([z.object({ end: record }), z.object({ begin: beginning })]);

export function toJournalText(written: JournalLine): string {
  return `${JSON.stringify(written)}\n`;
}

/**
 * Undefined for the empty end of a file, for a line that was cut off, and for whatever else a disk or a hand has made of
 * one: a server must start, and keep what can be read.
 */
export function parseJournalLine(text: string): JournalLine | undefined {
  try {
    return line.parse(JSON.parse(text)) as JournalLine;
  } catch {
    return undefined;
  }
}
