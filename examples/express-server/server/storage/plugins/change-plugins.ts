import { and, eq, lte, sql } from "drizzle-orm";
import { Problem } from "../../problem.js";
import { type Change, channel, toPayload } from "../changes/index.js";
import type { Database, Executor } from "../database.js";
import { plugins, pluginTags, pluginVersions } from "../schema.js";
import { throwNoPlugin, throwNoVersion } from "./find-plugins.js";
import type { Publisher, ShelfLimits, Upload } from "./plugin.js";

/** Any number will do, as long as nobody else uses it. */
const countingLockKey = 7_210_454;

/** Adds a plugin, or a version to one. The uploads before it stay, as versions, but for the oldest where there are too many. */
export function storeUpload(
  database: Database,
  upload: Upload,
  publisher: Publisher,
  { maxPlugins, maxVersions }: ShelfLimits,
): Promise<{ readonly version: number }> {
  return database.transaction(async (transaction) => {
    const plugin = await createOrLockPlugin(transaction, upload.name, publisher);
    if (plugin.created) await refuseTooMany(transaction, maxPlugins);
    else refuseStranger(upload.name, plugin.owner, publisher);
    const version = plugin.created ? 1 : (await latestVersion(transaction, plugin.id)) + 1;
    const { code, sha256, description, inputType, inputHint, calls } = upload;
    await transaction.insert(pluginVersions).values({
      pluginId: plugin.id,
      version,
      ...{ code, sha256, description, inputType, inputHint, calls },
      uploadedBy: publisher.name,
    });
    if (!plugin.created) await makeCurrent(transaction, plugin.id, version);
    await deleteVersionsUpTo(transaction, plugin.id, version - maxVersions);
    if (upload.tags !== undefined) await replaceTags(transaction, plugin.id, upload.tags);
    await tell(transaction, { plugin: upload.name });
    return { version };
  });
}

export interface PluginEdit {
  readonly description?: string | undefined;
  readonly inputHint?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** Changes what is said about a plugin, not what it does. */
export function editPlugin(
  database: Database,
  name: string,
  { description, inputHint, tags }: PluginEdit,
  publisher: Publisher,
): Promise<void> {
  return database.transaction(async (transaction) => {
    const plugin = await lockPlugin(transaction, name, publisher);
    const said = {
      ...(description !== undefined && { description }),
      ...(inputHint !== undefined && { inputHint }),
    };
    if (Object.keys(said).length > 0) {
      await transaction
        .update(pluginVersions)
        .set(said)
        .where(and(eq(pluginVersions.pluginId, plugin.id), eq(pluginVersions.version, plugin.version)));
    }
    if (tags !== undefined) await replaceTags(transaction, plugin.id, tags);
    await makeCurrent(transaction, plugin.id, plugin.version);
    await tell(transaction, { plugin: name });
  });
}

export function restoreVersion(
  database: Database,
  name: string,
  version: number,
  publisher: Publisher,
): Promise<void> {
  return database.transaction(async (transaction) => {
    const plugin = await lockPlugin(transaction, name, publisher);
    const found = await transaction
      .select({ version: pluginVersions.version })
      .from(pluginVersions)
      .where(and(eq(pluginVersions.pluginId, plugin.id), eq(pluginVersions.version, version)));
    if (found.length === 0) throwNoVersion(name, version);
    await makeCurrent(transaction, plugin.id, version);
    await tell(transaction, { plugin: name });
  });
}

/** With its versions, tags and reviews. The history of its runs stays. */
export function deletePlugin(database: Database, name: string, publisher: Publisher): Promise<void> {
  return database.transaction(async (transaction) => {
    const plugin = await lockPlugin(transaction, name, publisher);
    await transaction.delete(plugins).where(eq(plugins.id, plugin.id));
    await tell(transaction, { plugin: name });
  });
}

async function createOrLockPlugin(transaction: Executor, name: string, publisher: Publisher) {
  const [plugin] = await transaction
    .insert(plugins)
    .values({ name, owner: publisher.name, version: 1 })
    // Changes nothing that is kept; it locks the row, which might else be deleted in between.
    .onConflictDoUpdate({ target: plugins.name, set: { name } })
    .returning({ id: plugins.id, owner: plugins.owner, created: sql<boolean>`xmax = 0` });
  if (plugin === undefined) throw new Error("The database stored a plugin and gave nothing back.");
  return plugin;
}

/** Those who change a plugin come one after the other. */
async function lockPlugin(transaction: Executor, name: string, publisher: Publisher) {
  const [plugin] = await transaction
    .select({ id: plugins.id, owner: plugins.owner, version: plugins.version })
    .from(plugins)
    .where(eq(plugins.name, name))
    .for("update");
  if (plugin === undefined) return throwNoPlugin(name);
  refuseStranger(name, plugin.owner, publisher);
  return plugin;
}

function refuseStranger(name: string, owner: string | null, publisher: Publisher) {
  if (publisher.isAdmin || owner === publisher.name) return;
  throw new Problem("forbidden", `The plugin ${JSON.stringify(name)} belongs to somebody else.`);
}

/** Those who add one are counted one after the other: none sees what another has not committed yet. */
async function refuseTooMany(transaction: Executor, maxPlugins: number) {
  await transaction.execute(sql`select pg_advisory_xact_lock(${countingLockKey})`);
  const [counted] = await transaction.select({ total: sql<number>`count(*)::int` }).from(plugins);
  if ((counted?.total ?? 0) > maxPlugins) {
    throw new Problem("invalid", `This server keeps ${maxPlugins} plugins: delete one first.`);
  }
}

async function latestVersion(transaction: Executor, pluginId: number): Promise<number> {
  const [latest] = await transaction
    .select({ version: sql<number>`max(${pluginVersions.version})` })
    .from(pluginVersions)
    .where(eq(pluginVersions.pluginId, pluginId));
  return latest?.version ?? 0;
}

/** Never the current one: whoever calls has just made that. */
async function deleteVersionsUpTo(transaction: Executor, pluginId: number, version: number) {
  if (version < 1) return;
  await transaction
    .delete(pluginVersions)
    .where(and(eq(pluginVersions.pluginId, pluginId), lte(pluginVersions.version, version)));
}

async function makeCurrent(transaction: Executor, pluginId: number, version: number) {
  await transaction.update(plugins).set({ version, updatedAt: sql`now()` }).where(eq(plugins.id, pluginId));
}

async function replaceTags(transaction: Executor, pluginId: number, tags: readonly string[]) {
  await transaction.delete(pluginTags).where(eq(pluginTags.pluginId, pluginId));
  if (tags.length === 0) return;
  await transaction.insert(pluginTags).values(tags.map((tag) => ({ pluginId, tag })));
}

/** Others hear of it when, and only if, the transaction is committed. */
async function tell(transaction: Executor, change: Change) {
  await transaction.execute(sql`select pg_notify(${channel}, ${toPayload(change)})`);
}
