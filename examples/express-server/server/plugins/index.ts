export { maxPluginBytes, type PluginFile, parsePluginFile } from "./plugin-file.js";
export { type KnownSource, PluginShelf } from "./plugin-shelf.js";
