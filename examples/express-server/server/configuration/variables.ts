/**
 * Every setting of the server: its variable, what it must be, and what it is when nobody sets it.
 *
 * Durations are in seconds and sizes in bytes, as the first WasmForge had them. A variable that is set to nothing counts
 * as not set.
 */
import { z } from "zod";
import { commaSeparated, onOff, text, url, wholeNumber } from "./value-forms.js";

export const variables = z.object({
  /** Where the server listens. */
  PORT: wholeNumber(0, 65_535).default(3_000),
  HOST: text(255).default("127.0.0.1"),
  /** What the server keeps: the embedded database, and the journal of runs. One server, one folder. */
  DATA_DIR: text(4_096).default("data"),

  /** PostgreSQL; without it, and without DB_HOST, a database in DATA_DIR is used. */
  DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
  DB_HOST: text(255).optional(),
  DB_PORT: wholeNumber(1, 65_535).default(5_432),
  DB_NAME: text(63).optional(),
  DB_USER: text(63).optional(),
  DB_PASSWORD: text(1_000).optional(),
  /** A file with the certificate that the server's must be signed by, or the certificate itself. Switches TLS on. */
  DB_SSL_CERT: text(100_000).optional(),
  DB_POOL_SIZE: wholeNumber(1, 200).default(10),

  /** Everything an administrator may do. Needed wherever others can reach the server. */
  ADMIN_TOKEN: z
    .string()
    .min(24, "must have at least 24 characters; `openssl rand -base64 32` makes a good one")
    .max(500, "must have at most 500 characters")
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces: it travels in an HTTP header")
    .optional(),
  /** For a collector that may read /metrics and nothing else. */
  METRICS_TOKEN: z
    .string()
    .min(24, "must have at least 24 characters")
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces: it travels in an HTTP header")
    .optional(),
  /** What those without a token may do, where tokens are asked for. */
  ANONYMOUS_ACCESS: z.enum(["none", "read", "run"], "must be none, read or run").default("read"),
  /** Pages of these origins may call the API from a browser. */
  ALLOWED_ORIGINS: commaSeparated(url(["http:", "https:"])).default([]),
  /** Names the server answers to besides its own address, for example behind a proxy on the same machine. */
  ALLOWED_HOSTS: commaSeparated(text(255)).default([]),
  /** How many proxies in front of the server are to be believed when they say who is calling. */
  TRUST_PROXY: wholeNumber(0, 10).default(0),

  OLLAMA_BASE_URL: url(["http:", "https:"]).default("http://127.0.0.1:11434"),
  ALLOWED_MODELS: commaSeparated(text(200))
    .pipe(z.array(z.string()).min(1, "must name at least one model"))
    .default(["llama3", "llama3.2", "llava", "mistral", "gemma2:2b", "qwen2.5:1.5b"]),

  MAX_EXECUTION_TIME: wholeNumber(1, 3_600).default(120),
  MAX_COMPUTE_TIME: wholeNumber(1, 3_600).default(30),
  MAX_PROMPT_LENGTH: wholeNumber(1, 10_000_000).default(4_000),
  MAX_AI_CALLS_PER_EXECUTION: wholeNumber(0, 10_000).default(10),
  MAX_MEMORY_MB: wholeNumber(32, 4_096).default(128),
  MAX_OUTPUT_BYTES: wholeNumber(1_000, 100_000_000).default(1_000_000),
  /** The input of a run, a file as a data URL included. */
  MAX_INPUT_BYTES: wholeNumber(1_000, 100_000_000).default(12_000_000),
  /** What all requests together hold until they are answered, the inputs of runs that wait included. */
  MAX_HELD_MB: wholeNumber(10, 1_000_000).default(256),
  MAX_QUEUED_RUNS: wholeNumber(0, 100_000).default(1_000),
  /** How long a run may wait for its turn. */
  MAX_QUEUE_TIME: wholeNumber(1, 3_600).default(30),
  /** Runs at the same time; 0 leaves it to the machine's cores. */
  SEATS: wholeNumber(0, 1_000).default(0),
  SEAT_KIND: z.enum(["thread", "process"], "must be thread or process").default("thread"),

  /** In a minute, for each token, and for each address without one; 0 switches the limit off. */
  RATE_LIMIT_REQUESTS: wholeNumber(0, 1_000_000).default(1_200),
  RATE_LIMIT_RUNS: wholeNumber(0, 1_000_000).default(120),
  RATE_LIMIT_UPLOADS: wholeNumber(0, 1_000_000).default(30),
  MAX_PLUGINS: wholeNumber(1, 1_000_000).default(10_000),
  /** Of each plugin; an upload beyond them takes the place of the oldest. */
  MAX_VERSIONS: wholeNumber(1, 100_000).default(100),
  HISTORY_DAYS: wholeNumber(1, 10_000).default(90),
  /** Gets a line for each run, chained by hashes, so that none can be changed unnoticed. */
  AUDIT_FILE: text(4_096).optional(),

  /** A JSON object in each line, or text for people. Without it text where a person sits at the terminal. */
  LOG_FORMAT: z.enum(["json", "text"], "must be json or text").optional(),
  /** Without it `info`, and `warn` where the log is text. */
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .optional(),
  /** How long runs may go on after the server was told to stop. */
  SHUTDOWN_TIME: wholeNumber(0, 600).default(20),
  /** Where traces and metrics go. The other OTEL_ variables are read by OpenTelemetry itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url(["http:", "https:"]).optional(),
  /** Models without a model server: `auto` steps in while there is none in reach, `on` and `off` do not look. */
  DEMO_MODELS: z.enum(["auto", "on", "off"], "must be auto, on or off").default("auto"),
  /** The page at /docs. */
  API_DOCS: onOff.default(true),
});

export type Variables = z.infer<typeof variables>;
export type VariableName = keyof typeof variables.shape;

export const variableNames = Object.keys(variables.shape) as VariableName[];

/** Never printed, logged or quoted in an error. */
export const secretVariables: ReadonlySet<string> = new Set<VariableName>([
  "DATABASE_URL",
  "DB_PASSWORD",
  "ADMIN_TOKEN",
  "METRICS_TOKEN",
]);
