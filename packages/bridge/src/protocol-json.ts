import { fromTextBytes } from "./protocol-text.js";

/** Calls are flat and short-listed; this leaves room for lists of prompts. */
const maxValues = 10_000;

/**
 * JSON from a guest as an object, or `undefined`.
 *
 * A byte of JSON can cost the host some thirty bytes of heap (`[[],[],…`), so the values are counted before
 * any of them is made.
 */
export function parseGuestObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  if (countValues(bytes) > maxValues) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(fromTextBytes(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const [quote, backslash, comma, bracket, brace] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

/** An upper bound for valid JSON: each value but the first follows one of these three outside of a string. */
function countValues(bytes: Uint8Array): number {
  let count = 1;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) {
      inString = !inString;
    } else if (inString) {
      if (byte === backslash) {
        at++;
      }
    } else if (byte === comma || byte === bracket || byte === brace) {
      count++;
    }
  }
  return count;
}
