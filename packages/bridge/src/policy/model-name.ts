/**
 * One spelling for each model: a name without a tag means `:latest`; one with a version (`summarizer@2`) has what it needs.
 * Nothing else is changed: case, white space and look-alike letters make another name.
 */
export function normalizeModelName(name: string): string {
  // A colon before the last slash belongs to a registry's port: `localhost:5000/library/model`.
  const from = name.lastIndexOf("/") + 1;
  return name.includes(":", from) || name.includes("@", from) ? name : `${name}:latest`;
}
