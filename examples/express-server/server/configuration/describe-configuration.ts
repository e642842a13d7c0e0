import type { Configuration } from "./configuration.js";

/** What a person wants to see at the start, and a log may hold: no secret is in it. */
export function describeConfiguration(configuration: Configuration) {
  const { listen, access, models, runs, rates } = configuration;
  return {
    listen: `${listen.host}:${listen.port}`,
    dataFolder: configuration.dataFolder,
    database: describeDatabase(configuration),
    access:
      access.mode === "open" ? "open to this machine's user" : `by token; without one: ${access.anonymous}`,
    origins: access.origins,
    models: { url: withoutCredentials(models.ollamaUrl), allowed: models.allowed, demo: models.demo },
    runs,
    rates,
    historyDays: configuration.historyDays,
    audit: configuration.auditFile ?? "off",
    telemetry: configuration.telemetryUrl ? withoutCredentials(configuration.telemetryUrl) : "off",
  };
}

function describeDatabase({ database }: Configuration): string {
  if (database.kind === "embedded") return "embedded, in the data folder";
  const { connection } = database;
  if (typeof connection !== "string") return `${connection.host}:${connection.port}/${connection.database}`;
  const { host, pathname } = new URL(connection);
  return `${host}${pathname}`;
}

/** Without user, password and query: each may hold a key. */
export function withoutCredentials(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}
