export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

class Fault extends Error {
  constructor(
    readonly at: number,
    readonly what: string,
  ) {
    super(what);
  }
}

/** Where a text stops being JSON, and what would be needed there. Browsers know it too, but say it as they please. */
export function findJsonFault(text: string): JsonFault | undefined {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0)));
    if (end < text.length) throw new Fault(end, "there is something after the end");
    return undefined;
  } catch (error) {
    // Nested deeper than can be followed: whoever asks knows already that it is not JSON.
    if (!(error instanceof Fault)) return undefined;
    const before = text.slice(0, error.at).split("\n");
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, what: error.what };
  }
}

const space = /[ \t\n\r]*/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function match(form: RegExp, text: string, at: number): number | undefined {
  form.lastIndex = at;
  const found = form.exec(text);
  return found ? at + found[0].length : undefined;
}

function skipSpace(text: string, at: number): number {
  return match(space, text, at) ?? at;
}

function readValue(text: string, at: number): number {
  switch (text[at]) {
    case "{":
      return readEntries(text, at, "}", readField);
    case "[":
      return readEntries(text, at, "]", readValue);
    case '"':
      return readString(text, at);
    case undefined:
      throw new Fault(at, "it ends too early");
    default:
      return match(scalar, text, at) ?? throwNoValue(text, at);
  }
}

function throwNoValue(text: string, at: number): never {
  const sign = text[at] ?? "";
  if (sign === "'" || sign === "“") throw new Fault(at, 'texts need double quotes: "');
  if (sign === "," || sign === "]" || sign === "}") throw new Fault(at, "a value is missing");
  throw new Fault(at, "this is no value; texts need double quotes");
}

function readEntries(
  text: string,
  from: number,
  close: "}" | "]",
  readEntry: (text: string, at: number) => number,
): number {
  let at = skipSpace(text, from + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = skipSpace(text, readEntry(text, at));
    if (text[at] === close) return at + 1;
    if (text[at] === undefined) throw new Fault(at, `it ends too early: ${close} is missing`);
    if (text[at] !== ",") throw new Fault(at, `a comma or ${close} is missing`);
    at = skipSpace(text, at + 1);
  }
}

function readField(text: string, at: number): number {
  if (text[at] !== '"') {
    throw new Fault(at, text[at] === undefined ? "it ends too early" : "a name in double quotes is missing");
  }
  const colon = skipSpace(text, readString(text, at));
  if (text[colon] !== ":") throw new Fault(colon, "a colon is missing");
  return readValue(text, skipSpace(text, colon + 1));
}

function readString(text: string, at: number): number {
  const end = match(string, text, at);
  if (end !== undefined) return end;
  throw new Fault(at, "this text has no end, or a sign in it that must be written as \\n or the like");
}
