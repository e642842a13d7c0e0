import { lt, sql } from "drizzle-orm";
import type { Executor } from "../database.js";
import { runs } from "../schema.js";
import type { RunRecord } from "./run-record.js";

/**
 * In one statement: either all of them are kept and counted, or none. A run that is there already is neither kept nor
 * counted again, so that records may be handed in twice. A plugin that is gone leaves its run without one.
 */
export async function storeRuns(database: Executor, records: readonly RunRecord[]): Promise<void> {
  if (records.length === 0) return;
  await database.execute(sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(
        "id" uuid, "pluginId" bigint, "pluginName" text, "version" integer, "userName" text, "status" text,
        "reason" text, "errorMessage" text, "startedAt" timestamptz, "queueMs" float8, "wallMs" float8,
        "computeMs" float8, "waitMs" float8, "peakMemoryBytes" bigint, "calls" integer, "promptTokens" bigint,
        "completionTokens" bigint, "inputBytes" bigint, "outputBytes" bigint, "audit" jsonb
      )
    ), present as (
      select id from wasmforge.plugins where id in (select "pluginId" from given) order by id for key share
    ), kept as (
      insert into wasmforge.runs (
        id, plugin_id, plugin_name, version, user_name, status, reason, error_message, started_at, queue_ms, wall_ms,
        compute_ms, wait_ms, peak_memory_bytes, calls, prompt_tokens, completion_tokens, input_bytes, output_bytes, audit
      )
      select
        given."id", present.id, "pluginName", "version", "userName", "status", "reason", "errorMessage", "startedAt",
        "queueMs", "wallMs", "computeMs", "waitMs", "peakMemoryBytes", "calls", "promptTokens", "completionTokens",
        "inputBytes", "outputBytes", "audit"
      from given left join present on present.id = given."pluginId"
      on conflict (id) do nothing
      returning plugin_id, status, started_at
    )
    insert into wasmforge.plugin_counts as counts (plugin_id, completed, failed, stopped, last_run_at)
    select
      plugin_id,
      count(*) filter (where status = 'completed'),
      count(*) filter (where status = 'failed'),
      count(*) filter (where status = 'stopped'),
      max(started_at)
    from kept
    where plugin_id is not null
    group by plugin_id
    -- In one order for everybody: two servers that count the same plugins must not wait for each other.
    order by plugin_id
    on conflict (plugin_id) do update set
      completed = counts.completed + excluded.completed,
      failed = counts.failed + excluded.failed,
      stopped = counts.stopped + excluded.stopped,
      last_run_at = greatest(counts.last_run_at, excluded.last_run_at)
  `);
}

/** The counts of each plugin stay. */
export async function deleteRunsBefore(database: Executor, moment: Date): Promise<void> {
  await database.delete(runs).where(lt(runs.startedAt, moment));
}
