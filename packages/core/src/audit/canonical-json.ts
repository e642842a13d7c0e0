/**
 * One text for one value: keys sorted, no spaces, nothing but printable ASCII, numbers as ECMAScript writes them.
 *
 * ASCII, because the text ends up in logs and terminals: control characters and bidirectional overrides that a plugin
 * put into a name are visible there as `\u202e`, and do nothing.
 */
export function canonicalJson(value: unknown): string {
  return write(value) ?? "null";
}

/** A part of a value that was written before: it is put in as it is. */
export class WrittenJson {
  readonly text: string;

  constructor(value: unknown) {
    this.text = canonicalJson(value);
  }
}

const needsNoEscapes = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const everyBeyondAscii = /[^\x20-\x7e]/g;

function write(value: unknown): string | undefined {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof WrittenJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  let fields = "";
  for (const key of Object.keys(value).sort()) {
    const written = write((value as Record<string, unknown>)[key]);
    if (written !== undefined) fields += `${fields === "" ? "" : ","}${quote(key)}:${written}`;
  }
  return `{${fields}}`;
}

function quote(text: string): string {
  return needsNoEscapes.test(text) ? `"${text}"` : JSON.stringify(text).replace(everyBeyondAscii, escapeUnit);
}

/** Without the `u` flag the pattern matches single UTF-16 units, which is what JSON's escapes name. */
function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
