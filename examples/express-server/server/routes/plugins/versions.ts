import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.js";
import type { Services } from "../../services.js";
import { findPlugin, listVersions } from "../../storage/plugins/index.js";
import { plugin, pluginVersion, toPlugin, toVersion } from "../shapes/plugin-shapes.js";
import { nameParam, versionParam } from "../shapes/text-shapes.js";
import { toPublisher } from "./publish.js";

export function versionRoutes({ storage, plugins }: Services): readonly Route[] {
  const about = { tag: "Versions", permission: "read", method: "get" } as const;
  return [
    defineRoute({
      ...about,
      path: "/api/plugins/{name}/versions",
      operation: "listVersions",
      summary: "The uploads of a plugin that are kept, newest first",
      params: nameParam,
      answer: { kind: "json", description: "The versions.", schema: z.array(pluginVersion) },
      handle: async ({ params: { name } }) => {
        const { version: current } = await findPlugin(storage.database, name);
        const versions = await listVersions(storage.database, name);
        return versions.map((found) => toVersion(found, found.version === current));
      },
    }),
    defineRoute({
      ...about,
      path: "/api/plugins/{name}/versions/{version}",
      operation: "readVersion",
      summary: "A version's source",
      params: versionParam,
      answer: {
        kind: "json",
        description: "The version.",
        schema: pluginVersion.extend({ code: z.string() }).meta({ id: "PluginVersionCode" }),
      },
      handle: async ({ params: { name, version } }) => {
        const { version: current } = await findPlugin(storage.database, name);
        const found = await plugins.source(name, version);
        return { ...toVersion(found, version === current), code: found.code };
      },
    }),
    defineRoute({
      ...about,
      permission: "publish",
      method: "post",
      path: "/api/plugins/{name}/versions/{version}/restore",
      operation: "restoreVersion",
      summary: "Make a version the current one",
      params: versionParam,
      answer: { kind: "json", description: "The plugin as it is now.", schema: plugin },
      handle: async ({ params: { name, version }, identity }) => {
        await plugins.restore(name, version, toPublisher(identity));
        return toPlugin(await findPlugin(storage.database, name), true);
      },
    }),
  ];
}
