import { ProviderError } from "@wasmforge/bridge";
import { HttpFailure, malformed } from "@wasmforge/providers/toolkit";

export type LineMessage = Readonly<Record<string, unknown>>;

/** One line of an answer, or the error that it is or tells of. */
export function parseLine(line: string): LineMessage {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch (error) {
    throw malformed("a line is no JSON", error);
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    throw malformed("a line is no object");
  }
  if ("error" in message) {
    throw toStreamError(message.error);
  }
  return message as LineMessage;
}

const text = /"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*"/u.source;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.source;
const scalar = `(?:${text}|${number}|true|false|null)`;
const objectOf = (value: string) => `\\{${text}:${value}(?:,${text}:${value})*\\}`;
const flatObject = new RegExp(`^${objectOf(`(?:${scalar}|${objectOf(scalar)})`)}$`, "u");
const mostPlainChars = 2_048;

/**
 * Whether the line is certainly JSON, an object, no error and not the last: what nearly all lines are. The client is going
 * to parse the line, and to do that twice would be half of the work; whatever this is not sure of is parsed here.
 */
export function isPlainToken(line: string): boolean {
  return (
    line.length <= mostPlainChars &&
    line.includes('"done":false') &&
    !line.includes('"error"') &&
    flatObject.test(line)
  );
}

/** An error that comes as a line, because the answer had begun. */
function toStreamError(said: unknown): ProviderError {
  const detail = typeof said === "string" ? said : "an error that is no text";
  const cause = new HttpFailure("status", `in the stream: ${detail}`);
  return /\b(not found|does not exist)\b/i.test(detail)
    ? new ProviderError("model_not_found", "the model server does not have this model", { cause })
    : new ProviderError("unavailable", "the model server failed in the midst of its answer", { cause });
}
