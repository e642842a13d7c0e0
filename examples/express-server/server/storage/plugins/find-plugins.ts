import { and, asc, desc, eq, exists, ilike, or, type SQL, sql } from "drizzle-orm";
import { Problem } from "../../problem.js";
import type { Executor } from "../database.js";
import { plugins, pluginTags, pluginVersions } from "../schema.js";
import type { Plugin, PluginSource, PluginSummary, PluginVersion } from "./plugin.js";
import { currentVersion, selectPlugins, summaryColumns } from "./plugin-columns.js";

export const pluginOrders = ["newest", "updated", "name", "rating", "runs"] as const;

export interface PluginSearch {
  /** In names, descriptions and tags. */
  readonly text?: string | undefined;
  readonly tag?: string | undefined;
  readonly owner?: string | undefined;
  readonly sort: (typeof pluginOrders)[number];
  readonly limit: number;
  readonly offset: number;
}

export async function listPlugins(database: Executor): Promise<readonly PluginSummary[]> {
  return database
    .select(summaryColumns)
    .from(plugins)
    .innerJoin(pluginVersions, currentVersion)
    .orderBy(desc(plugins.createdAt), desc(plugins.id));
}

export async function searchPlugins(
  database: Executor,
  search: PluginSearch,
): Promise<{ readonly items: readonly Plugin[]; readonly total: number }> {
  const where = and(
    search.text ? matches(database, search.text) : undefined,
    search.tag ? exists(tagsOf(database, eq(pluginTags.tag, search.tag))) : undefined,
    search.owner ? eq(plugins.owner, search.owner) : undefined,
  );
  const { query, ratings, runs } = selectPlugins(database);
  const first: Record<PluginSearch["sort"], SQL[]> = {
    newest: [desc(plugins.createdAt)],
    updated: [desc(plugins.updatedAt)],
    name: [asc(sql`lower(${plugins.name})`)],
    rating: [sql`${ratings.average} desc nulls last`, sql`${ratings.count} desc nulls last`],
    runs: [desc(runs)],
  };
  const items = await query
    .where(where)
    .orderBy(...first[search.sort], desc(plugins.id))
    .limit(search.limit)
    .offset(search.offset);
  const counted = await database
    .select({ total: sql<number>`count(*)::int` })
    .from(plugins)
    .innerJoin(pluginVersions, currentVersion)
    .where(where);
  return { items, total: counted[0]?.total ?? 0 };
}

export async function findPlugin(database: Executor, name: string): Promise<Plugin> {
  const [plugin] = await selectPlugins(database).query.where(eq(plugins.name, name));
  return plugin ?? throwNoPlugin(name);
}

/** The current version, unless another one is asked for. */
export async function findSource(
  database: Executor,
  name: string,
  version?: number,
): Promise<PluginSource & Omit<PluginVersion, "version" | "sha256">> {
  const [source] = await database
    .select({
      ...versionColumns,
      pluginId: plugins.id,
      name: plugins.name,
      code: pluginVersions.code,
    })
    .from(plugins)
    .innerJoin(pluginVersions, eq(pluginVersions.pluginId, plugins.id))
    .where(and(eq(plugins.name, name), eq(pluginVersions.version, version ?? plugins.version)));
  if (source !== undefined) return source;
  return version === undefined ? throwNoPlugin(name) : throwNoVersion(name, version);
}

export async function listVersions(database: Executor, name: string): Promise<readonly PluginVersion[]> {
  const versions = await database
    .select(versionColumns)
    .from(plugins)
    .innerJoin(pluginVersions, eq(pluginVersions.pluginId, plugins.id))
    .where(eq(plugins.name, name))
    .orderBy(desc(pluginVersions.version));
  return versions.length > 0 ? versions : throwNoPlugin(name);
}

export async function listTags(
  database: Executor,
): Promise<readonly { readonly tag: string; readonly plugins: number }[]> {
  const count = sql<number>`count(*)::int`;
  return database
    .select({ tag: pluginTags.tag, plugins: count })
    .from(pluginTags)
    .groupBy(pluginTags.tag)
    .orderBy(desc(count), asc(pluginTags.tag))
    .limit(500);
}

export function throwNoPlugin(name: string): never {
  throw new Problem("not_found", `There is no plugin named ${JSON.stringify(name)}.`);
}

export function throwNoVersion(name: string, version: number): never {
  throw new Problem(
    "not_found",
    `There is no version ${version} of a plugin named ${JSON.stringify(name)}, or not any more: the newest are kept.`,
  );
}

const versionColumns = {
  version: pluginVersions.version,
  sha256: pluginVersions.sha256,
  description: pluginVersions.description,
  inputType: pluginVersions.inputType,
  inputHint: pluginVersions.inputHint,
  calls: pluginVersions.calls,
  uploadedBy: pluginVersions.uploadedBy,
  uploadedAt: pluginVersions.uploadedAt,
};

function matches(database: Executor, text: string) {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(plugins.name, pattern),
    ilike(pluginVersions.description, pattern),
    exists(tagsOf(database, ilike(pluginTags.tag, pattern))),
  );
}

function tagsOf(database: Executor, condition: SQL) {
  return database
    .select({ found: sql`1` })
    .from(pluginTags)
    .where(and(eq(pluginTags.pluginId, plugins.id), condition));
}
