import { z } from "zod";
import type { RunRecord, RunSummary } from "../../storage/runs/index.js";
import { moment } from "./text-shapes.js";

export const runUsage = z
  .object({
    queue_ms: z.number().meta({ description: "Waiting for its turn." }),
    wall_ms: z.number().meta({ description: "From its start to its end." }),
    compute_ms: z.number().meta({ description: "Of that, computing." }),
    wait_ms: z.number().meta({ description: "Of that, waiting for models." }),
    peak_memory_bytes: z.int(),
    calls: z.int(),
    prompt_tokens: z.int(),
    completion_tokens: z.int(),
    input_bytes: z.int(),
    output_bytes: z.int(),
  })
  .meta({ id: "RunUsage" });

export type RunUsageAnswer = z.output<typeof runUsage>;

export function toUsage(run: Omit<RunSummary, "id">): RunUsageAnswer {
  return {
    queue_ms: run.queueMs,
    wall_ms: run.wallMs,
    compute_ms: run.computeMs,
    wait_ms: run.waitMs,
    peak_memory_bytes: run.peakMemoryBytes,
    calls: run.calls,
    prompt_tokens: run.promptTokens,
    completion_tokens: run.completionTokens,
    input_bytes: run.inputBytes,
    output_bytes: run.outputBytes,
  };
}

const summary = {
  id: z.uuid(),
  plugin: z.string().nullable().meta({ description: "null for a draft that was tried." }),
  version: z.int().nullable(),
  user: z.string().nullable().meta({ description: "null for somebody without a token." }),
  status: z.enum(["completed", "failed", "stopped"]),
  reason: z.string().nullable().meta({ description: "Why it was stopped." }),
  error: z
    .string()
    .nullable()
    .meta({ description: "Of a run of somebody else's null, except to admins: it may quote what went in." }),
  started_at: moment,
  usage: runUsage,
};

export const run = z.object(summary).meta({ id: "Run" });

export const auditedRun = z
  .object({
    ...summary,
    audit: z
      .array(
        z.object({
          op: z.string(),
          target: z.string().optional().meta({ description: "The model, or the tool." }),
          decision: z.enum(["served", "failed", "denied"]),
          code: z.string().optional(),
          at_ms: z.number().meta({ description: "Since the run began." }),
          duration_ms: z.number().optional(),
          request_bytes: z.int(),
          reply_bytes: z.int().optional(),
          prompt_tokens: z.int().optional(),
          completion_tokens: z.int().optional(),
          provider: z.string().optional(),
        }),
      )
      .meta({ description: "Every call that the plugin made, without its content." }),
  })
  .meta({ id: "AuditedRun" });

export function toRun(found: RunSummary): z.output<typeof run> {
  return {
    id: found.id,
    plugin: found.pluginName,
    version: found.version,
    user: found.userName,
    status: found.status,
    reason: found.reason,
    error: found.errorMessage,
    started_at: found.startedAt.toISOString(),
    usage: toUsage(found),
  };
}

export function toAuditedRun(found: RunSummary & Pick<RunRecord, "audit">): z.output<typeof auditedRun> {
  return {
    ...toRun(found),
    audit: found.audit.map((entry) => ({
      op: entry.op,
      ...(entry.target !== undefined && { target: entry.target }),
      decision: entry.decision,
      ...(entry.code !== undefined && { code: entry.code }),
      at_ms: entry.atMs,
      ...(entry.durationMs !== undefined && { duration_ms: entry.durationMs }),
      request_bytes: entry.requestBytes,
      ...(entry.replyBytes !== undefined && { reply_bytes: entry.replyBytes }),
      ...(entry.promptTokens !== undefined && { prompt_tokens: entry.promptTokens }),
      ...(entry.completionTokens !== undefined && { completion_tokens: entry.completionTokens }),
      ...(entry.provider !== undefined && { provider: entry.provider }),
    })),
  };
}
