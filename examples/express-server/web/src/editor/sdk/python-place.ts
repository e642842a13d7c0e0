/** Where in a Python source a cursor stands, as far as completion needs to know. */
export interface PythonPlace {
  readonly kind: "code" | "string" | "comment";
  /** What of a word, or of a text, stands before the cursor. */
  readonly typed: string;
  /** The source before that word or text. */
  readonly before: string;
  /** Brackets that are open, the innermost last. */
  readonly open: readonly OpenBracket[];
}

export interface OpenBracket {
  readonly sign: "(" | "[" | "{";
  /** What is called, where it is a call. */
  readonly callee: string | undefined;
  /** The arguments or elements before the cursor's. */
  readonly index: number;
  /** The name of the argument that the cursor is in. */
  readonly keyword: string | undefined;
  /** Names of arguments that stand before it. */
  readonly keywords: readonly string[];
}

const name = /[\p{L}\p{N}_]+$/u;
/** No name is longer. It keeps the search for one from going through the whole source. */
const mostNameChars = 200;

function nameBefore(source: string, at: number): string | undefined {
  return name.exec(source.slice(Math.max(0, at - mostNameChars), at))?.[0];
}

function nameLeftOf(source: string, at: number): string | undefined {
  return name.exec(source.slice(Math.max(0, at - mostNameChars), at).trimEnd())?.[0];
}

/** Reads from the beginning: texts over several lines cannot be told otherwise. */
export function findPlace(source: string, offset: number): PythonPlace {
  const open: OpenBracket[] = [];
  const changeTop = (change: (top: OpenBracket) => OpenBracket) => {
    const top = open.pop();
    if (top) open.push(change(top));
  };
  let at = 0;
  while (at < offset) {
    const sign = source[at] ?? "";
    if (sign === "#") {
      const end = source.indexOf("\n", at);
      if (end === -1 || end >= offset) return place("comment", source, at, offset, open);
      at = end;
    } else if (sign === '"' || sign === "'") {
      const { from, end } = findString(source, at, sign);
      if (end === undefined || offset <= end.content) {
        return place("string", source, Math.min(from, offset), offset, open);
      }
      at = end.after;
    } else {
      if (sign === "(" || sign === "[" || sign === "{") {
        const callee = sign === "(" ? nameLeftOf(source, at) : undefined;
        open.push({ sign, callee, index: 0, keyword: undefined, keywords: [] });
      } else if (sign === ")" || sign === "]" || sign === "}") {
        open.pop();
      } else if (sign === ",") {
        changeTop((top) => ({ ...top, index: top.index + 1, keyword: undefined }));
      } else if (sign === "=" && source[at + 1] !== "=" && !"=!<>:".includes(source[at - 1] ?? "")) {
        const keyword = nameLeftOf(source, at);
        if (keyword !== undefined) {
          changeTop((top) => ({ ...top, keyword, keywords: [...top.keywords, keyword] }));
        }
      }
      at += 1;
    }
  }
  const word = nameBefore(source, offset) ?? "";
  return place("code", source, offset - word.length, offset, open);
}

function place(
  kind: PythonPlace["kind"],
  source: string,
  from: number,
  offset: number,
  open: readonly OpenBracket[],
): PythonPlace {
  return { kind, typed: source.slice(from, offset), before: source.slice(0, from), open };
}

function findString(source: string, at: number, quote: string) {
  const isTriple = source.startsWith(quote.repeat(3), at);
  const close = isTriple ? quote.repeat(3) : quote;
  const from = at + close.length;
  for (let next = from; next < source.length; next++) {
    if (source[next] === "\\") next += 1;
    else if (source.startsWith(close, next))
      return { from, end: { content: next, after: next + close.length } };
    else if (!isTriple && source[next] === "\n") return { from, end: { content: next, after: next } };
  }
  return { from, end: undefined };
}
