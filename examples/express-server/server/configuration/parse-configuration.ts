import { isIP } from "node:net";
import type { z } from "zod";
import type { AccessConfiguration, Configuration, DatabaseConfiguration } from "./configuration.js";
import { ConfigurationError } from "./configuration-error.js";
import { secretVariables, type Variables, variableNames, variables } from "./variables.js";

/**
 * Reports everything that is wrong at once, each thing by the name of its variable.
 *
 * @param readFile reads a certificate; its errors become errors of the variable that names it
 */
export function parseConfiguration(
  values: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Configuration {
  const given = Object.fromEntries(
    variableNames.map((name) => [name, values[name]] as const).filter(([, value]) => value?.trim()),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(parsed.error.issues.map((issue) => describeIssue(issue, given)));
  }
  return toConfiguration(parsed.data, readFile);
}

function describeIssue(issue: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  const shown = secretVariables.has(name) ? "" : ` (it is ${JSON.stringify(given[name]?.slice(0, 100))})`;
  return `${name} ${issue.message}${shown}`;
}

function toConfiguration(all: Variables, readFile: (path: string) => string): Configuration {
  const problems: string[] = [];
  const database = toDatabase(all, readFile, problems);
  const access = toAccess(all, problems);
  refuseTooLittleHeld(all, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return deepFreeze({
    listen: {
      host: all.HOST,
      port: all.PORT,
      shutdownTimeMs: all.SHUTDOWN_TIME * 1_000,
      trustedProxies: all.TRUST_PROXY,
      maxHeldBytes: all.MAX_HELD_MB * 1_000_000,
    },
    dataFolder: all.DATA_DIR,
    database,
    access,
    models: {
      ollamaUrl: all.OLLAMA_BASE_URL,
      allowed: [...new Set(all.ALLOWED_MODELS)],
      demo: all.DEMO_MODELS,
    },
    runs: {
      wallTimeMs: all.MAX_EXECUTION_TIME * 1_000,
      computeMs: Math.min(all.MAX_COMPUTE_TIME, all.MAX_EXECUTION_TIME) * 1_000,
      memoryMb: all.MAX_MEMORY_MB,
      maxOutputBytes: all.MAX_OUTPUT_BYTES,
      maxInputBytes: all.MAX_INPUT_BYTES,
      maxQueued: all.MAX_QUEUED_RUNS,
      maxQueueMs: all.MAX_QUEUE_TIME * 1_000,
      maxPromptChars: all.MAX_PROMPT_LENGTH,
      maxCalls: all.MAX_AI_CALLS_PER_EXECUTION,
      seat: all.SEAT_KIND,
      ...(all.SEATS > 0 && { seats: all.SEATS }),
    },
    rates: {
      requestsPerMinute: all.RATE_LIMIT_REQUESTS,
      runsPerMinute: all.RATE_LIMIT_RUNS,
      uploadsPerMinute: all.RATE_LIMIT_UPLOADS,
    },
    plugins: { maxPlugins: all.MAX_PLUGINS, maxVersions: all.MAX_VERSIONS },
    historyDays: all.HISTORY_DAYS,
    ...(all.AUDIT_FILE && { auditFile: all.AUDIT_FILE }),
    ...(all.LOG_FORMAT && { logFormat: all.LOG_FORMAT }),
    ...(all.LOG_LEVEL && { logLevel: all.LOG_LEVEL }),
    ...(all.OTEL_EXPORTER_OTLP_ENDPOINT && { telemetryUrl: all.OTEL_EXPORTER_OTLP_ENDPOINT }),
    apiDocs: all.API_DOCS,
  });
}

/** An input may come as three times its bytes, in pieces that take room themselves, and large requests have not all the room. */
function refuseTooLittleHeld({ MAX_HELD_MB: held, MAX_INPUT_BYTES: input }: Variables, problems: string[]) {
  const least = Math.ceil((6 * input) / 1_000_000);
  if (held >= least) return;
  problems.push(
    `MAX_HELD_MB (${held}) is too little for requests with MAX_INPUT_BYTES (${input}): set it to ${least} at least`,
  );
}

function toDatabase(
  all: Variables,
  readFile: (path: string) => string,
  problems: string[],
): DatabaseConfiguration {
  const connection = all.DATABASE_URL ?? toAddress(all, problems);
  if (connection === undefined) return { kind: "embedded" };
  const certificate = all.DB_SSL_CERT && toCertificate(all.DB_SSL_CERT, readFile, problems);
  return { kind: "postgres", connection, poolSize: all.DB_POOL_SIZE, ...(certificate && { certificate }) };
}

function toAddress(all: Variables, problems: string[]) {
  if (all.DB_HOST === undefined) {
    for (const name of ["DB_NAME", "DB_USER", "DB_PASSWORD", "DB_SSL_CERT"] as const) {
      if (all[name] !== undefined) problems.push(`${name} is set, but neither DATABASE_URL nor DB_HOST is`);
    }
    return undefined;
  }
  const { DB_NAME: database, DB_USER: user } = all;
  if (database === undefined) problems.push("DB_NAME is not set, but DB_HOST is: name the database");
  if (user === undefined) problems.push("DB_USER is not set, but DB_HOST is: name the database's user");
  if (database === undefined || user === undefined) return undefined;
  return {
    host: all.DB_HOST,
    port: all.DB_PORT,
    database,
    user,
    ...(all.DB_PASSWORD && { password: all.DB_PASSWORD }),
  };
}

const certificateHead = "-----BEGIN CERTIFICATE-----";

function toCertificate(value: string, readFile: (path: string) => string, problems: string[]) {
  if (value.includes(certificateHead)) return value.replaceAll("\\n", "\n");
  try {
    const text = readFile(value);
    if (text.includes(certificateHead)) return text;
    problems.push(`DB_SSL_CERT names a file without a certificate in it: ${value}`);
  } catch {
    problems.push(`DB_SSL_CERT names a file that cannot be read: ${value}`);
  }
  return undefined;
}

function toAccess(all: Variables, problems: string[]): AccessConfiguration {
  if (all.ADMIN_TOKEN === undefined && !isLoopback(all.HOST)) {
    problems.push(
      `ADMIN_TOKEN is not set, but HOST (${all.HOST}) can be reached by others: set ADMIN_TOKEN ` +
        "(`openssl rand -base64 32` makes a good one), or HOST=127.0.0.1 for yourself alone",
    );
  }
  if (all.METRICS_TOKEN !== undefined && all.METRICS_TOKEN === all.ADMIN_TOKEN) {
    problems.push("METRICS_TOKEN is the ADMIN_TOKEN: whoever collects metrics could do everything");
  }
  return {
    mode: all.ADMIN_TOKEN === undefined ? "open" : "tokens",
    ...(all.ADMIN_TOKEN && { adminToken: all.ADMIN_TOKEN }),
    ...(all.METRICS_TOKEN && { metricsToken: all.METRICS_TOKEN }),
    anonymous: all.ANONYMOUS_ACCESS,
    origins: all.ALLOWED_ORIGINS.map((origin) => new URL(origin).origin),
    hosts: all.ALLOWED_HOSTS.map((host) => host.toLowerCase()),
  };
}

/** A name that is not `localhost` may lead anywhere, whatever it leads to today. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

function deepFreeze<T extends object>(value: T): Readonly<T> {
  for (const part of Object.values(value)) {
    if (typeof part === "object" && part !== null) deepFreeze(part);
  }
  return Object.freeze(value);
}
