import { z } from "zod";
import { mayDo } from "../../auth/index.js";
import { defineRoute, type Exchange, type Route } from "../../http/route.js";
import type { Services } from "../../services.js";
import {
  findPlugin,
  listPlugins,
  listTags,
  pluginOrders,
  searchPlugins,
} from "../../storage/plugins/index.js";
import { summarizePlugin } from "../../storage/runs/index.js";
import {
  plugin,
  pluginCode,
  pluginStatistics,
  pluginSummary,
  toPlugin,
  toStatistics,
  toSummary,
} from "../shapes/plugin-shapes.js";
import { nameParam, plainText, wholeNumber } from "../shapes/text-shapes.js";

const dayMs = 86_400_000;

const search = z.object({
  search: plainText(200).optional().meta({ description: "In names, descriptions and tags." }),
  tag: plainText(50).optional(),
  owner: plainText(63).optional(),
  sort: z.enum(pluginOrders).default("newest"),
  limit: wholeNumber(1, 100).default(30),
  offset: wholeNumber(0, 1_000_000).default(0),
});

export function findRoutes({ storage, plugins, history, configuration }: Services): readonly Route[] {
  const about = { tag: "Plugins", permission: "read", method: "get" } as const;
  return [
    defineRoute({
      ...about,
      path: "/api/plugins/list",
      operation: "listPlugins",
      summary: "All plugins, newest first",
      answer: { kind: "json", description: "The plugins.", schema: z.array(pluginSummary) },
      handle: async () => (await listPlugins(storage.database)).map(toSummary),
    }),
    defineRoute({
      ...about,
      path: "/api/plugins",
      operation: "searchPlugins",
      summary: "Plugins with what users say of them, page by page",
      query: search,
      answer: {
        kind: "json",
        description: "A page of plugins, and how many there are.",
        schema: z.object({ items: z.array(plugin), total: z.int() }).meta({ id: "PluginPage" }),
      },
      handle: async ({ query: { search, ...query }, identity }) => {
        await history.flush();
        const { items, total } = await searchPlugins(storage.database, { text: search, ...query });
        return { items: items.map((found) => toPlugin(found, isOwner(found.owner, identity))), total };
      },
    }),
    defineRoute({
      ...about,
      path: "/api/plugins/{name}/details",
      operation: "describePlugin",
      summary: "One plugin with what users say of it",
      params: nameParam,
      answer: { kind: "json", description: "The plugin.", schema: plugin },
      handle: async ({ params, identity }) => {
        await history.flush();
        const found = await findPlugin(storage.database, params.name);
        return toPlugin(found, isOwner(found.owner, identity));
      },
    }),
    defineRoute({
      ...about,
      path: "/api/plugins/{name}/code",
      operation: "readPlugin",
      summary: "A plugin's source",
      params: nameParam,
      answer: { kind: "json", description: "The plugin.", schema: pluginCode },
      handle: async ({ params }) => {
        const { name, code, description, inputType, inputHint } = await plugins.source(params.name);
        return { name, code, description, input_type: inputType, input_hint: inputHint };
      },
    }),
    defineRoute({
      ...about,
      path: "/api/plugins/{name}/statistics",
      operation: "readStatistics",
      summary: "How a plugin does",
      params: nameParam,
      answer: { kind: "json", description: "Counts and times.", schema: pluginStatistics },
      handle: async ({ params }) => {
        await history.flush();
        const since = new Date(Date.now() - configuration.historyDays * dayMs);
        return toStatistics(await summarizePlugin(storage.database, params.name, since));
      },
    }),
    defineRoute({
      ...about,
      path: "/api/tags",
      operation: "listTags",
      summary: "The tags of all plugins, the most used first",
      answer: {
        kind: "json",
        description: "The tags.",
        schema: z.array(z.object({ tag: z.string(), plugins: z.int() }).meta({ id: "Tag" })),
      },
      handle: async () => [...(await listTags(storage.database))],
    }),
  ];
}

function isOwner(owner: string | null, identity: Exchange<unknown, unknown, unknown>["identity"]): boolean {
  if (!mayDo(identity, "publish")) return false;
  return mayDo(identity, "admin") || (owner !== null && owner === identity.user);
}
