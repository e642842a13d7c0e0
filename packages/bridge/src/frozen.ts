/** Freezes plain data to its leaves. */
export function frozen<T>(data: T): T {
  if (typeof data === "object" && data !== null) {
    Object.values(data).forEach(frozen);
    Object.freeze(data);
  }
  return data;
}
