import { isTooLongName, MAX_PATH_BYTES } from "./names.js";

/** Files by path below `/`, with or without the leading slash. */
export type FileMap = Readonly<Record<string, Uint8Array>>;

/** The names in a path that the host gave. What a guest could never ask for is the host's mistake. */
export function parseHostPath(path: string): string[] {
  const names = path.replace(/^\//, "").split("/");
  if (path.length > MAX_PATH_BYTES || names.some((name) => isUnusable(name))) {
    throw new TypeError(`not a file path below "/" that a guest could open: ${JSON.stringify(path)}`);
  }
  return names;
}

function isUnusable(name: string): boolean {
  return (
    name === "" ||
    name === "." ||
    name === ".." ||
    name.includes("\0") ||
    /\p{Surrogate}/u.test(name) ||
    isTooLongName(name)
  );
}
