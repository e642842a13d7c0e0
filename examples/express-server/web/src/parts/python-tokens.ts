export interface PythonToken {
  readonly at: number;
  readonly kind: "comment" | "string" | "keyword" | "number" | "plain";
  readonly text: string;
}

const keywords =
  "False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield";
const token = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    "(?<string>(?<!\\w)[rbfuRBFU]{0,2}(?:\"\"\"[\\s\\S]*?(?:\"\"\"|$)|'''[\\s\\S]*?(?:'''|$)|\"(?:\\\\.|[^\"\\\\\\n])*\"?|'(?:\\\\.|[^'\\\\\\n])*'?))",
    `(?<keyword>\\b(?:${keywords})\\b)`,
    "(?<number>\\b\\d[\\d_.]*\\b)",
  ].join("|"),
  "g",
);

/** Good enough for the eye. An editor knows it exactly. */
export function toPythonTokens(code: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  let at = 0;
  const addPlain = (to: number) => {
    if (to > at) tokens.push({ at, kind: "plain", text: code.slice(at, to) });
  };
  for (const match of code.matchAll(token)) {
    const kind = (["comment", "string", "keyword", "number"] as const).find(
      (name) => match.groups?.[name] !== undefined,
    );
    addPlain(match.index);
    tokens.push({ at: match.index, kind: kind ?? "plain", text: match[0] });
    at = match.index + match[0].length;
  }
  addPlain(code.length);
  return tokens;
}
