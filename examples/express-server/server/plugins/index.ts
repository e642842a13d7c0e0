export { maxPluginBytes, type PluginFile, parsePluginFile } from "./plugin-file.js";
export { pluginNameForm } from "./plugin-name.js";
export { type KnownSource, PluginShelf } from "./plugin-shelf.js";
