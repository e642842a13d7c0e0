export { inputTypes } from "../schema.js";
export { deletePlugin, editPlugin, type PluginEdit, restoreVersion, storeUpload } from "./change-plugins.js";
export {
  findPlugin,
  findSource,
  listPlugins,
  listTags,
  listVersions,
  type PluginSearch,
  pluginOrders,
  searchPlugins,
  throwNoPlugin,
} from "./find-plugins.js";
export type {
  InputType,
  Plugin,
  PluginSource,
  PluginSummary,
  PluginVersion,
  Publisher,
  ShelfLimits,
  Upload,
} from "./plugin.js";
