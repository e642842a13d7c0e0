export { type Change, channel, toPayload } from "./change.js";
export { type ChangeFeed, type ChangeListener, LocalChangeFeed } from "./change-feed.js";
export { FreshCache } from "./fresh-cache.js";
export { PostgresChangeFeed } from "./postgres-change-feed.js";
