/** Reads Python type stubs as far as an editor needs them: what there is to call, with what, and what is said about it. */

export interface SdkSymbol {
  readonly name: string;
  readonly kind: "function" | "class" | "variable";
  /** The ways in which it can be called. */
  readonly signatures: readonly SdkSignature[];
  readonly documentation: string;
  /** Of a class. */
  readonly members: readonly SdkSymbol[];
  /** `import *` gives it. */
  readonly isStarred: boolean;
}

export interface SdkSignature {
  readonly label: string;
  readonly parameters: readonly SdkParameter[];
  readonly returns: string;
}

export interface SdkParameter {
  readonly name: string;
  /** As it stands in the signature's label. */
  readonly label: string;
  readonly documentation: string;
  readonly isKeywordOnly: boolean;
}

export function parseStubs(source: string): readonly SdkSymbol[] {
  const statements = toStatements(source);
  const all = statements.find(({ text }) => text.startsWith("__all__"))?.text ?? "";
  const starred = new Set([...all.matchAll(/"(\w+)"/g)].map(([, name]) => name));
  return readBlock(statements).map((symbol) => ({ ...symbol, isStarred: starred.has(symbol.name) }));
}

interface Statement {
  readonly indent: number;
  readonly text: string;
}

/** Lines that belong together, as one: brackets that are open, and texts over several lines. */
function toStatements(source: string): readonly Statement[] {
  const statements: Statement[] = [];
  let open: { indent: number; text: string } | undefined;
  for (const line of source.split("\n")) {
    const text = open ? `${open.text}\n${line}` : line.trimStart();
    const indent = open?.indent ?? line.length - line.trimStart().length;
    if (text.trim() === "" || (!open && text.startsWith("#"))) continue;
    open = isWhole(text) ? undefined : { indent, text };
    if (!open) statements.push({ indent, text: text.trim() });
  }
  return statements;
}

function isWhole(text: string): boolean {
  if (text.trimStart().startsWith('"""')) return (text.match(/"""/g)?.length ?? 0) > 1;
  const opened = text.match(/[([{]/g)?.length ?? 0;
  return opened <= (text.match(/[)\]}]/g)?.length ?? 0);
}

function readBlock(statements: readonly Statement[]): readonly SdkSymbol[] {
  const symbols = new Map<string, SdkSymbol>();
  const indent = statements[0]?.indent ?? 0;
  for (const [at, statement] of statements.entries()) {
    if (statement.indent !== indent) continue;
    const end = statements.findIndex((next, index) => index > at && next.indent <= indent);
    const body = statements.slice(at + 1, end === -1 ? undefined : end);
    const found = readSymbol(statement.text, body, statements[at + 1]);
    if (found !== undefined) symbols.set(found.name, join(symbols.get(found.name), found));
  }
  return [...symbols.values()];
}

function readSymbol(
  text: string,
  body: readonly Statement[],
  next: Statement | undefined,
): SdkSymbol | undefined {
  const documentation = toDocumentation(body[0]?.text);
  const [, isAsync, name = ""] = /^(async )?def (\w+)\(/.exec(text) ?? [];
  if (name !== "") {
    if (name.startsWith("_") && name !== "__init__") return undefined;
    const { about, parameters } = splitDocumentation(documentation);
    const signatures = [readSignature(text, isAsync !== undefined, parameters)];
    return { name, kind: "function", signatures, documentation: about, members: [], isStarred: false };
  }
  const className = /^class (\w+)/.exec(text)?.[1];
  if (className !== undefined) {
    if (className.startsWith("_")) return undefined;
    const members = readBlock(body);
    const made = members.find((member) => member.name === "__init__")?.signatures ?? [];
    const signatures = made.map(({ label, parameters }) => ({
      label: label.replace("__init__", className).replace(/None$/, className),
      parameters,
      returns: className,
    }));
    const shown = members.filter((member) => member.name !== "__init__");
    return { name: className, kind: "class", signatures, documentation, members: shown, isStarred: false };
  }
  const variable = /^([a-z]\w*): /.exec(text)?.[1];
  if (variable === undefined || text.includes("TypeAlias")) return undefined;
  return {
    name: variable,
    kind: "variable",
    signatures: [],
    documentation: toDocumentation(next?.text),
    members: [],
    isStarred: false,
  };
}

/** Overloads are one function that can be called in several ways. */
function join(earlier: SdkSymbol | undefined, later: SdkSymbol): SdkSymbol {
  if (earlier === undefined) return later;
  const documentation = earlier.documentation || later.documentation;
  return { ...later, documentation, signatures: [...earlier.signatures, ...later.signatures] };
}

function readSignature(text: string, isAsync: boolean, about: ReadonlyMap<string, string>): SdkSignature {
  const { inside, after } = splitAtBracket(text);
  const name = /def (\w+)/.exec(text)?.[1] ?? "";
  const returns = withoutPrivateNames(/->\s*([\s\S]*?)\s*:(\s|$)/.exec(after)?.[1] ?? "");
  const pieces = splitAtCommas(inside).map(withoutPrivateNames);
  const marker = pieces.indexOf("*");
  const parameters = pieces.flatMap((label, at) => {
    const parameter = /^\w+/.exec(label)?.[0];
    if (parameter === undefined || parameter === "self") return [];
    const isKeywordOnly = marker !== -1 && at > marker;
    return [{ name: parameter, label, documentation: about.get(parameter) ?? "", isKeywordOnly }];
  });
  const shown = pieces.filter((piece) => piece !== "self" && piece !== "/").join(", ");
  const result = returns === "" ? "" : ` -> ${returns}`;
  return { label: `${isAsync ? "async " : ""}${name}(${shown})${result}`, parameters, returns };
}

/** Names of types that are the stubs' own business. */
function withoutPrivateNames(text: string): string {
  return text.replace(/\b_(?=[A-Z])/g, "").replace(/\s+/g, " ");
}

function splitAtBracket(text: string): { readonly inside: string; readonly after: string } {
  const from = text.indexOf("(");
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text[at] ?? "";
    if ("([{".includes(sign)) depth += 1;
    if (")]}".includes(sign)) depth -= 1;
    if (depth === 0) return { inside: text.slice(from + 1, at), after: text.slice(at + 1) };
  }
  return { inside: "", after: "" };
}

function splitAtCommas(text: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at] ?? ",";
    if ("([{".includes(sign)) depth += 1;
    if (")]}".includes(sign)) depth -= 1;
    if (sign !== "," || (depth > 0 && at < text.length)) continue;
    pieces.push(text.slice(from, at).trim());
    from = at + 1;
  }
  return pieces.filter((piece) => piece !== "");
}

function toDocumentation(text: string | undefined): string {
  const inside = /^"""([\s\S]*)"""$/.exec(text ?? "")?.[1];
  return inside === undefined ? "" : inside.replace(/\n[ ]{1,8}/g, "\n").trim();
}

/** What is said of a parameter stands on lines of its own that begin with its name. */
function splitDocumentation(documentation: string) {
  const parameters = new Map<string, string>();
  const about = documentation.replace(
    /^`(\w+)`: (.*(?:\n(?!`|\n).*)*)\n?/gm,
    (_, name: string, said: string) => {
      parameters.set(name, said.replace(/\s+/g, " ").trim());
      return "";
    },
  );
  return { about: about.trim(), parameters };
}
