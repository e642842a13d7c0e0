import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../database.js";
import { pluginCounts, plugins, pluginTags, pluginVersions, reviews } from "../schema.js";

export const summaryColumns = {
  name: plugins.name,
  description: pluginVersions.description,
  inputType: pluginVersions.inputType,
  inputHint: pluginVersions.inputHint,
  calls: pluginVersions.calls,
};

export const currentVersion = and(
  eq(pluginVersions.pluginId, plugins.id),
  eq(pluginVersions.version, plugins.version),
);

/** Every plugin with all that lists show and sort by. */
export function selectPlugins(database: Executor) {
  const ratings = database
    .select({
      pluginId: reviews.pluginId,
      average: sql<number>`avg(${reviews.rating})::float8`.as("average"),
      count: sql<number>`count(*)::int`.as("count"),
    })
    .from(reviews)
    .groupBy(reviews.pluginId)
    .as("ratings");
  const runs = sql<number>`coalesce(${pluginCounts.completed} + ${pluginCounts.failed} + ${pluginCounts.stopped}, 0)::int`;
  const query = database
    .select({
      ...summaryColumns,
      owner: plugins.owner,
      version: plugins.version,
      createdAt: plugins.createdAt,
      updatedAt: plugins.updatedAt,
      tags: sql<
        string[]
      >`array(select ${pluginTags.tag} from ${pluginTags} where ${pluginTags.pluginId} = ${plugins.id} order by 1)`,
      runs,
      rating: ratings.average,
      reviews: sql<number>`coalesce(${ratings.count}, 0)`,
    })
    .from(plugins)
    .innerJoin(pluginVersions, currentVersion)
    .leftJoin(pluginCounts, eq(pluginCounts.pluginId, plugins.id))
    .leftJoin(ratings, eq(ratings.pluginId, plugins.id))
    .$dynamic();
  return { query, ratings, runs };
}
