/**
 * One spelling for each model: a name without a tag means `:latest`. Nothing else is changed: case, white space and
 * look-alike letters make another name.
 */
export function normalizeModelName(name: string): string {
  // A colon before the last slash belongs to a registry's port: `localhost:5000/library/model`.
  return name.includes(":", name.lastIndexOf("/") + 1) ? name : `${name}:latest`;
}
