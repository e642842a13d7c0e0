import type { SdkSymbol } from "./parse-stubs.js";

/**
 * What stands after a dot, as far as the source itself says what is before it: the SDK, or what the SDK gave. The line
 * that bound a name last is believed; types that only a type checker would find out are not known.
 */
export function findMembers(before: string, symbols: readonly SdkSymbol[]): readonly SdkSymbol[] | undefined {
  const [, called, name] = /(?:\b([\p{L}\p{N}_]+)\([^()\n]*\)|([\p{L}\p{N}_]+))\.$/u.exec(before) ?? [];
  if (called !== undefined) return toClass(called, symbols)?.members;
  if (name === undefined) return undefined;
  const lines = before.split("\n").reverse();
  for (const line of lines.slice(1)) {
    if (isModule(line, name)) return symbols;
    const bound = findBinding(line, name);
    if (bound !== undefined) return toClass(bound, symbols)?.members;
  }
  return undefined;
}

function isModule(line: string, name: string): boolean {
  const [, alias = "platform_sdk"] = /^\s*import\s+platform_sdk(?:\s+as\s+(\w+))?\s*$/.exec(line) ?? [];
  return alias === name && /^\s*import\b/.test(line);
}

/** The function or class that a line gets a name's value from; empty when it is from elsewhere. */
function findBinding(line: string, name: string): string | undefined {
  const called = "(?:await\\s+)?(?:\\w+\\.)?(\\w+)\\s*\\(";
  const forms = [
    // file = get_file()        file: File = get_file()        (file := get_file())
    `(?:^\\s*|[(\\s])${name}\\s*(?::[^=]*)?:?=(?!=)\\s*(?:${called})?`,
    // with stream_ai(…) as stream:
    `\\bwith\\b\\s*(?:${called}.*)?\\bas\\s+${name}\\b`,
    // except AIError as error:
    `\\bexcept\\b.*?\\b(\\w+)\\W*\\bas\\s+${name}\\b`,
    // def show(file: File):
    `[(,\\s]${name}\\s*:\\s*(\\w+)`,
    `\\bfor\\b.*\\b${name}\\b.*\\bin\\b`,
  ];
  for (const form of forms) {
    const found = new RegExp(form, "u").exec(line);
    if (found) return found[1] ?? "";
  }
  return undefined;
}

function toClass(name: string, symbols: readonly SdkSymbol[]): SdkSymbol | undefined {
  const symbol = symbols.find((each) => each.name === name);
  if (symbol === undefined || symbol.kind === "class") return symbol;
  const returns = symbol.signatures[0]?.returns;
  return symbols.find((each) => each.kind === "class" && each.name === returns);
}
