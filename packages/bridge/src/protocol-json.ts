import type { JsonObject, JsonValue } from "./output.js";
import { fromTextBytes } from "./protocol-text.js";

/** Calls are flat and short-listed; this leaves room for lists of prompts. */
const maxValues = 10_000;
const maxDepth = 100;

/**
 * JSON from a guest as an object, or `undefined`.
 *
 * A byte of JSON can cost the host some thirty bytes of heap (`[[],[],…`), and depth costs stack wherever the value is
 * walked, so both are counted before any value is made.
 */
export function parseGuestObject(
  bytes: Uint8Array,
  limits: { readonly maxValues?: number } = {},
): Record<string, unknown> | undefined {
  if (!isSmall(bytes, limits.maxValues ?? maxValues)) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(fromTextBytes(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a value that `JSON.parse` made may be handed on: `1e999` is no number of JSON's, though it parses as one, and a
 * field named `__proto__` changes the object of whoever copies it carelessly.
 */
export function isCleanJson(value: unknown): value is JsonValue {
  if (typeof value === "number") {
    return Number.isFinite(value);
  }
  if (typeof value !== "object" || value === null) {
    return value !== undefined;
  }
  if (Array.isArray(value)) {
    return value.every(isCleanJson);
  }
  return !Object.hasOwn(value, "__proto__") && Object.values(value).every(isCleanJson);
}

export function isCleanJsonObject(value: unknown): value is JsonObject {
  return isObject(value) && isCleanJson(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Upper bounds for valid JSON: each value but the first follows a comma or an opening outside of a string. */
function isSmall(bytes: Uint8Array, mostValues: number): boolean {
  let values = 1;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      inString = !inString;
    } else if (inString) {
      if (byte === backslash) {
        at++;
      }
    } else if (byte === comma || byte === openList || byte === openObject) {
      values++;
      depth += byte === comma ? 0 : 1;
      if (values > mostValues || depth > maxDepth) {
        return false;
      }
    } else if (byte === closeList || byte === closeObject) {
      depth--;
    }
  }
  return true;
}
