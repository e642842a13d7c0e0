export { createDataFolder, type DataFolder, findOperatorSocket } from "./data-folder.js";
