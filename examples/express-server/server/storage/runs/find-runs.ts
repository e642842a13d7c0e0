import { and, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { Problem } from "../../problem.js";
import type { Executor } from "../database.js";
import { plugins, runs } from "../schema.js";
import type { RunRecord } from "./run-record.js";

/** Whose runs may be seen: everybody's, or one user's and those of his plugins. */
export type Viewer = "all" | { readonly user: string };

export interface RunSearch {
  readonly viewer: Viewer;
  readonly plugin?: string | undefined;
  readonly user?: string | undefined;
  readonly status?: RunRecord["status"] | undefined;
  /** Only what came before this one. */
  readonly before?: RunPosition | undefined;
  readonly limit: number;
}

/** Where a run stands in the history. */
export type RunPosition = Pick<RunRecord, "id" | "startedAt">;
export type RunSummary = Omit<RunRecord, "audit" | "pluginId">;

export async function searchRuns(database: Executor, search: RunSearch): Promise<readonly RunSummary[]> {
  const { plugin, user, status, before } = search;
  const found = await database
    .select(summaryColumns)
    .from(runs)
    .where(
      and(
        visibleTo(database, search.viewer),
        plugin === undefined ? undefined : eq(runs.pluginName, plugin),
        user === undefined ? undefined : eq(runs.userName, user),
        status === undefined ? undefined : eq(runs.status, status),
        before &&
          sql`(${runs.startedAt}, ${runs.id}) < (${before.startedAt.toISOString()}::timestamptz, ${before.id}::uuid)`,
      ),
    )
    .orderBy(desc(runs.startedAt), desc(runs.id))
    .limit(search.limit);
  return found.map((run) => toSeenBy(search.viewer, run));
}

/** A run that may not be seen is not found: whether it exists is nobody's business. */
export async function findRun(
  database: Executor,
  id: string,
  viewer: Viewer,
): Promise<RunSummary & Pick<RunRecord, "audit">> {
  const [run] = await database
    .select({ ...summaryColumns, audit: runs.audit })
    .from(runs)
    .where(and(eq(runs.id, id), visibleTo(database, viewer)));
  if (run === undefined) throw new Problem("not_found", `There is no run with the id ${id}.`);
  return toSeenBy(viewer, run);
}

/**
 * What a plugin says when it fails may be what it was given, and that is the business of whoever gave it: its author
 * learns of a run of somebody else's how it ended, and not in which words.
 */
function toSeenBy<T extends RunSummary>(viewer: Viewer, run: T): T {
  const isForeign = viewer !== "all" && run.userName !== viewer.user;
  return isForeign ? { ...run, errorMessage: null } : run;
}

export function visibleTo(database: Executor, viewer: Viewer): SQL | undefined {
  if (viewer === "all") return undefined;
  const owned = database.select({ id: plugins.id }).from(plugins).where(eq(plugins.owner, viewer.user));
  return or(eq(runs.userName, viewer.user), inArray(runs.pluginId, owned));
}

const summaryColumns = {
  id: runs.id,
  pluginName: runs.pluginName,
  version: runs.version,
  userName: runs.userName,
  status: runs.status,
  reason: runs.reason,
  errorMessage: runs.errorMessage,
  startedAt: runs.startedAt,
  queueMs: runs.queueMs,
  wallMs: runs.wallMs,
  computeMs: runs.computeMs,
  waitMs: runs.waitMs,
  peakMemoryBytes: runs.peakMemoryBytes,
  calls: runs.calls,
  promptTokens: runs.promptTokens,
  completionTokens: runs.completionTokens,
  inputBytes: runs.inputBytes,
  outputBytes: runs.outputBytes,
};
