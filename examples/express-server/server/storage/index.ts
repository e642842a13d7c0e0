export { isDatabaseAway } from "./is-database-away.js";
export { createStorage, type Storage, type StorageOptions } from "./storage.js";
