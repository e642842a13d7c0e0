/** SQLSTATE classes and codes that say nothing about the request: it may succeed when the database is well again. */
const passing = /^(08|57P|53|40|57014|25P03|XX000)/;
const awayCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENOENT",
]);
/** Said by the client library, which gives these no code. */
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|The embedded database ended|Client was closed|Cannot use a pool after calling end)/;

/** Whether an error is the database's absence, somewhere among its causes. */
export function isDatabaseAway(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    const code = (one as { readonly code?: unknown }).code;
    if (typeof code === "string" && (awayCodes.has(code) || passing.test(code))) return true;
    if (awayMessages.test(one.message)) return true;
    // Addresses of one name that were all tried in vain.
    if (one instanceof AggregateError && one.errors.some(isDatabaseAway)) return true;
  }
  return false;
}
