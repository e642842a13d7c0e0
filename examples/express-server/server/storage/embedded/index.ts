export { EmbeddedDatabase } from "./embedded-database.js";
export { createEmbeddedPool } from "./embedded-pool.js";
