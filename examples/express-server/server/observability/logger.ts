import { type DestinationStream, type Logger, pino } from "pino";

/**
 * For standard output. Lines are gathered for a moment, because writing each of them takes longer than many a request; what
 * was gathered is written when the process ends, unless it is killed.
 */
export function createLogDestination(): DestinationStream {
  return pino.destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 250 });
}

/** One JSON object in a line. Whatever a client sent is a string in it, never a line of its own. */
export function toLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const maxCauses = 5;

/** With the stack, for us; without what a database's error may quote of its parameters. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: "something was thrown that is no error" };
  const { name, message, stack, cause } = error;
  const code = (error as { readonly code?: unknown }).code;
  return {
    name,
    message: withoutParameters(message),
    ...(typeof code === "string" && { code }),
    stack: withoutParameters(stack ?? ""),
    ...(cause !== undefined && depth < maxCauses && { cause: describeError(cause, depth + 1) }),
  };
}

/** The query builder's errors have the values of the query in them: plugins, reviews, hashes of tokens. */
function withoutParameters(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, "");
}

export type { Logger };
