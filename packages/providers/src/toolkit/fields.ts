/** What is believed of a server's answers: fields of the right type and of a sane size. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function toFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** For names, digests and the like: one line. */
export function toShortText(value: unknown, maxChars = 400): string | undefined {
  return typeof value === "string" && value.length > 0 && value.length <= maxChars && !/\p{Cc}/u.test(value)
    ? value
    : undefined;
}

const mostCounted = 1e15;

export function toCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= mostCounted
    ? value
    : undefined;
}

const mostDimensions = 65_536;

/** So many vectors of finite numbers, all of one length. */
export function isVectorList(value: unknown, count: number): value is readonly (readonly number[])[] {
  return (
    Array.isArray(value) &&
    value.length === count &&
    Array.from(value).every((vector) => isVector(vector) && vector.length === value[0].length)
  );
}

function isVector(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= mostDimensions && value.every(Number.isFinite)
  );
}
