import { ForgeError } from "./errors/forge-error.js";

/** Of any realm. Not a `Date`, a `Map` or an instance of a class, which say elsewhere than in their fields what they are. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Deeper than any option is. */
const maxDepth = 20;

/**
 * A copy of what a host app says as data. Every field is read once, so that all who look at it see the same, whatever the
 * host's object says later. What is no plain data is refused by its name: an instance of a class would seem to say nothing.
 */
export function toPlainData(value: unknown, name: string, depth = 0): unknown {
  if (typeof value !== "function" && (typeof value !== "object" || value === null)) return value;
  if (depth < maxDepth && Array.isArray(value)) {
    return Array.from(value, (item, at) => toPlainData(item, `${name}.${at}`, depth + 1));
  }
  if (depth < maxDepth && isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, toPlainData(field, `${name}.${key}`, depth + 1)]),
    );
  }
  throw new ForgeError(
    "invalid_options",
    `${name} must be plain data: objects written as { … }, lists, texts and numbers`,
  );
}
