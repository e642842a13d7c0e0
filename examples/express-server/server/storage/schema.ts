/** The tables, as TypeScript knows them. `migrations/` makes them; a test holds the two together. */
import {
  bigint,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

/** A schema of our own: a database of the first WasmForge has a table `public.plugins` already. */
const schema = pgSchema("wasmforge");

const id = (name: string) => bigint(name, { mode: "number" });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const plugins = schema.table("plugins", {
  id: id("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull().unique(),
  /** Absent: only an admin may change it. */
  owner: text("owner"),
  /** The current one. */
  version: integer("version").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const inputTypes = ["text", "file", "json"] as const;

export const pluginVersions = schema.table(
  "plugin_versions",
  {
    pluginId: id("plugin_id").notNull(),
    version: integer("version").notNull(),
    code: text("code").notNull(),
    sha256: text("sha256").notNull(),
    description: text("description").notNull(),
    inputType: text("input_type", { enum: inputTypes }).notNull(),
    inputHint: text("input_hint").notNull(),
    calls: integer("calls").notNull(),
    uploadedBy: text("uploaded_by"),
    uploadedAt: moment("uploaded_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pluginId, table.version] })],
);

export const pluginTags = schema.table(
  "plugin_tags",
  { pluginId: id("plugin_id").notNull(), tag: text("tag").notNull() },
  (table) => [primaryKey({ columns: [table.pluginId, table.tag] })],
);

export const reviews = schema.table(
  "reviews",
  {
    pluginId: id("plugin_id").notNull(),
    author: text("author").notNull(),
    rating: integer("rating").notNull(),
    text: text("text").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.pluginId, table.author] })],
);

export const runStatuses = ["completed", "failed", "stopped"] as const;

export const runs = schema.table("runs", {
  id: uuid("id").primaryKey(),
  pluginId: id("plugin_id"),
  /** Absent for a draft. */
  pluginName: text("plugin_name"),
  version: integer("version"),
  /** Absent for those without a token. */
  userName: text("user_name"),
  status: text("status", { enum: runStatuses }).notNull(),
  /** Why it was stopped. */
  reason: text("reason"),
  errorMessage: text("error_message"),
  startedAt: moment("started_at").notNull(),
  queueMs: doublePrecision("queue_ms").notNull(),
  wallMs: doublePrecision("wall_ms").notNull(),
  computeMs: doublePrecision("compute_ms").notNull(),
  waitMs: doublePrecision("wait_ms").notNull(),
  peakMemoryBytes: id("peak_memory_bytes").notNull(),
  calls: integer("calls").notNull(),
  promptTokens: id("prompt_tokens").notNull(),
  completionTokens: id("completion_tokens").notNull(),
  inputBytes: id("input_bytes").notNull(),
  outputBytes: id("output_bytes").notNull(),
  audit: jsonb("audit").$type<readonly AuditEntry[]>().notNull(),
});

/** A call through the door, without its content. */
export interface AuditEntry {
  readonly op: string;
  readonly target?: string;
  readonly decision: "served" | "failed" | "denied";
  readonly code?: string;
  readonly atMs: number;
  readonly durationMs?: number;
  readonly requestBytes: number;
  readonly replyBytes?: number;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly provider?: string;
}

export const pluginCounts = schema.table("plugin_counts", {
  pluginId: id("plugin_id").primaryKey(),
  completed: id("completed").notNull().default(0),
  failed: id("failed").notNull().default(0),
  stopped: id("stopped").notNull().default(0),
  lastRunAt: moment("last_run_at"),
});

export const tokens = schema.table("tokens", {
  id: text("id").primaryKey(),
  userName: text("user_name").notNull(),
  label: text("label").notNull(),
  scopes: text("scopes").array().notNull(),
  secretHash: text("secret_hash").notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  expiresAt: moment("expires_at"),
  lastUsedAt: moment("last_used_at"),
  revokedAt: moment("revoked_at"),
});
