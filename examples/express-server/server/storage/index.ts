export { isDatabaseAway } from "./is-database-away.js";
export { toStorableText } from "./storable-text.js";
export { createStorage, type Storage, type StorageOptions } from "./storage.js";
