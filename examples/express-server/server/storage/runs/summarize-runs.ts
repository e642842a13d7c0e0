import { and, asc, eq, gte, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../database.js";
import { throwNoPlugin } from "../plugins/index.js";
import { pluginCounts, plugins, runs } from "../schema.js";
import { type Viewer, visibleTo } from "./find-runs.js";

/** What happened in a stretch of time. */
export interface Activity {
  readonly from: Date;
  readonly completed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly calls: number;
  readonly tokens: number;
}

/** Stretches without a run are absent. */
export async function summarizeActivity(
  database: Executor,
  { viewer, since, step }: { readonly viewer: Viewer; readonly since: Date; readonly step: "hour" | "day" },
): Promise<readonly Activity[]> {
  const from = sql`date_trunc(${sql.raw(`'${step}'`)}, ${runs.startedAt}, 'UTC')`;
  return database
    .select({ from: from.mapWith(runs.startedAt), ...totals })
    .from(runs)
    .where(and(gte(runs.startedAt, since), visibleTo(database, viewer)))
    .groupBy(from)
    .orderBy(asc(from));
}

export interface PluginStatistics {
  /** Of all time. */
  readonly completed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly lastRunAt: Date | null;
  /** Of the time that the history covers. */
  readonly recent: Omit<Activity, "from">;
  readonly reasons: Readonly<Record<string, number>>;
  readonly days: readonly Activity[];
}

/** Whoever may see a plugin may see how it does. */
export async function summarizePlugin(
  database: Executor,
  name: string,
  since: Date,
): Promise<PluginStatistics> {
  const [plugin] = await database
    .select({ id: plugins.id, counts: pluginCounts })
    .from(plugins)
    .leftJoin(pluginCounts, eq(pluginCounts.pluginId, plugins.id))
    .where(eq(plugins.name, name));
  if (plugin === undefined) return throwNoPlugin(name);
  const where = and(eq(runs.pluginId, plugin.id), gte(runs.startedAt, since));
  const [recent] = await database.select(totals).from(runs).where(where);
  const { completed, failed, stopped, lastRunAt } = plugin.counts ?? none;
  return {
    completed,
    failed,
    stopped,
    lastRunAt,
    recent: recent ?? noTotals,
    reasons: await countReasons(database, where),
    days: await summarizeDays(database, where),
  };
}

async function countReasons(database: Executor, where: SQL | undefined) {
  const counted = await database
    .select({ reason: runs.reason, count: sql<number>`count(*)::int` })
    .from(runs)
    .where(and(where, eq(runs.status, "stopped")))
    .groupBy(runs.reason);
  return Object.fromEntries(counted.map(({ reason, count }) => [reason ?? "unknown", count]));
}

async function summarizeDays(database: Executor, where: SQL | undefined) {
  const from = sql`date_trunc('day', ${runs.startedAt}, 'UTC')`;
  return database
    .select({ from: from.mapWith(runs.startedAt), ...totals })
    .from(runs)
    .where(where)
    .groupBy(from)
    .orderBy(asc(from));
}

const ofStatus = (status: string) =>
  sql<number>`(count(*) filter (where ${runs.status} = ${sql.raw(`'${status}'`)}))::int`;
const percentile = (share: number) =>
  sql<number>`coalesce(percentile_cont(${sql.raw(String(share))}) within group (order by ${runs.wallMs}), 0)`;

const totals = {
  completed: ofStatus("completed"),
  failed: ofStatus("failed"),
  stopped: ofStatus("stopped"),
  p50Ms: percentile(0.5),
  p95Ms: percentile(0.95),
  calls: sql<number>`coalesce(sum(${runs.calls}), 0)::float8`,
  tokens: sql<number>`coalesce(sum(${runs.promptTokens} + ${runs.completionTokens}), 0)::float8`,
};

const none = { completed: 0, failed: 0, stopped: 0, lastRunAt: null };
const noTotals = { completed: 0, failed: 0, stopped: 0, p50Ms: 0, p95Ms: 0, calls: 0, tokens: 0 };
