import { and, desc, eq, sql } from "drizzle-orm";
import { Problem } from "../../problem.js";
import type { Database, Executor } from "../database.js";
import { throwNoPlugin } from "../plugins/index.js";
import { plugins, reviews } from "../schema.js";

export interface Review {
  readonly author: string;
  readonly rating: number;
  readonly text: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One for each author and plugin: the same author again replaces what he said. */
export function storeReview(
  database: Database,
  plugin: string,
  { author, rating, text }: Pick<Review, "author" | "rating" | "text">,
): Promise<void> {
  return database.transaction(async (transaction) => {
    const pluginId = await holdId(transaction, plugin);
    await transaction
      .insert(reviews)
      .values({ pluginId, author, rating, text })
      .onConflictDoUpdate({
        target: [reviews.pluginId, reviews.author],
        set: { rating, text, updatedAt: sql`now()` },
      });
  });
}

export async function listReviews(
  database: Executor,
  plugin: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly Review[]> {
  const pluginId = await findId(database, plugin);
  const { author, rating, text, createdAt, updatedAt } = reviews;
  return database
    .select({ author, rating, text, createdAt, updatedAt })
    .from(reviews)
    .where(eq(reviews.pluginId, pluginId))
    .orderBy(desc(reviews.updatedAt), reviews.author)
    .limit(limit)
    .offset(offset);
}

export async function deleteReview(database: Executor, plugin: string, author: string): Promise<void> {
  const pluginId = await findId(database, plugin);
  const deleted = await database
    .delete(reviews)
    .where(and(eq(reviews.pluginId, pluginId), eq(reviews.author, author)))
    .returning({ author: reviews.author });
  if (deleted.length === 0) {
    throw new Problem(
      "not_found",
      `There is no review by ${JSON.stringify(author)} of ${JSON.stringify(plugin)}.`,
    );
  }
}

async function findId(database: Executor, name: string): Promise<number> {
  const [plugin] = await selectId(database, name);
  return plugin?.id ?? throwNoPlugin(name);
}

/** Keeps the plugin from being deleted before the transaction ends. */
async function holdId(transaction: Executor, name: string): Promise<number> {
  const [plugin] = await selectId(transaction, name).for("key share");
  return plugin?.id ?? throwNoPlugin(name);
}

function selectId(database: Executor, name: string) {
  return database.select({ id: plugins.id }).from(plugins).where(eq(plugins.name, name));
}
