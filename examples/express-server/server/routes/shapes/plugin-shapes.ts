import { z } from "zod";
import type { Plugin, PluginSummary, PluginVersion } from "../../storage/plugins/index.js";
import type { Review } from "../../storage/reviews/index.js";
import type { Activity, PluginStatistics } from "../../storage/runs/index.js";
import { inputType, moment } from "./text-shapes.js";

const summary = {
  name: z.string(),
  description: z.string(),
  input_type: inputType,
  input_hint: z.string(),
  calls: z.int().meta({ description: "How many calls of models are written in it, at least 1." }),
};

export const pluginSummary = z.object(summary).meta({ id: "PluginSummary" });

export function toSummary({ name, description, inputType, inputHint, calls }: PluginSummary) {
  return { name, description, input_type: inputType, input_hint: inputHint, calls };
}

export const plugin = z
  .object({
    ...summary,
    owner: z
      .string()
      .nullable()
      .meta({ description: "Who published it; null: only an admin may change it." }),
    version: z.int(),
    tags: z.array(z.string()),
    created_at: moment,
    updated_at: moment,
    runs: z.int(),
    rating: z.number().nullable().meta({ description: "The average of the reviews." }),
    reviews: z.int(),
    mine: z.boolean().meta({ description: "Whether whoever asks may change it." }),
  })
  .meta({ id: "Plugin" });

export function toPlugin(found: Plugin, mine: boolean): z.output<typeof plugin> {
  const { owner, version, tags, runs, rating, reviews, createdAt, updatedAt } = found;
  return {
    ...toSummary(found),
    owner,
    version,
    tags: [...tags],
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    runs,
    rating,
    reviews,
    mine,
  };
}

export const pluginCode = z
  .object({
    name: z.string(),
    code: z.string(),
    description: z.string(),
    input_type: inputType,
    input_hint: z.string(),
  })
  .meta({ id: "PluginCode" });

export const pluginVersion = z
  .object({
    version: z.int(),
    current: z.boolean(),
    sha256: z.string(),
    description: z.string(),
    input_type: inputType,
    input_hint: z.string(),
    calls: z.int(),
    uploaded_by: z.string().nullable(),
    uploaded_at: moment,
  })
  .meta({ id: "PluginVersion" });

export function toVersion(found: PluginVersion, current: boolean): z.output<typeof pluginVersion> {
  const { version, sha256, description, inputType, inputHint, calls, uploadedBy, uploadedAt } = found;
  return {
    version,
    current,
    sha256,
    description,
    input_type: inputType,
    input_hint: inputHint,
    calls,
    uploaded_by: uploadedBy,
    uploaded_at: uploadedAt.toISOString(),
  };
}

export const review = z
  .object({
    author: z.string(),
    rating: z.int(),
    text: z.string(),
    created_at: moment,
    updated_at: moment,
    mine: z.boolean(),
  })
  .meta({ id: "Review" });

export function toReview(found: Review, mine: boolean): z.output<typeof review> {
  const { author, rating, text, createdAt, updatedAt } = found;
  return {
    author,
    rating,
    text,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    mine,
  };
}

const totals = {
  completed: z.int(),
  failed: z.int(),
  stopped: z.int(),
  p50_ms: z.number(),
  p95_ms: z.number(),
  calls: z.int(),
  tokens: z.int(),
};

export const activity = z
  .object({ from: moment.meta({ description: "When the hour or the day began, in UTC." }), ...totals })
  .meta({ id: "Activity" });

export function toActivity(found: Activity): z.output<typeof activity> {
  return { from: found.from.toISOString(), ...toTotals(found) };
}

export const pluginStatistics = z
  .object({
    completed: z.int(),
    failed: z.int(),
    stopped: z.int(),
    last_run_at: moment.nullable(),
    recent: z.object(totals).meta({ description: "Of the days that the history covers." }),
    reasons: z.record(z.string(), z.int()).meta({ description: "Why runs were stopped, and how many." }),
    days: z.array(activity),
  })
  .meta({ id: "PluginStatistics" });

export function toStatistics(found: PluginStatistics): z.output<typeof pluginStatistics> {
  const { completed, failed, stopped, lastRunAt, recent, reasons, days } = found;
  return {
    completed,
    failed,
    stopped,
    last_run_at: lastRunAt?.toISOString() ?? null,
    recent: toTotals(recent),
    reasons,
    days: days.map(toActivity),
  };
}

function toTotals({ completed, failed, stopped, p50Ms, p95Ms, calls, tokens }: Omit<Activity, "from">) {
  return { completed, failed, stopped, p50_ms: p50Ms, p95_ms: p95Ms, calls, tokens };
}
