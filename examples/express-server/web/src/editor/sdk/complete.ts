import { findMembers } from "./members.js";
import { isModelPlace } from "./model-place.js";
import type { SdkSymbol } from "./parse-stubs.js";
import type { PythonPlace } from "./python-place.js";
import { pythonBuiltins, pythonKeywords } from "./python-words.js";

export interface Suggestion {
  readonly kind: "model" | "sdk" | "class" | "variable" | "argument" | "keyword" | "builtin";
  readonly label: string;
  readonly insert: string;
  readonly detail?: string;
  readonly documentation?: string;
  /** A name that the source does not import yet. */
  readonly toImport?: string;
}

export interface KnownModel {
  readonly name: string;
  readonly description: string;
  readonly available: boolean;
}

/** What could stand at a place. Filtering by what is typed already is the editor's business. */
export function suggest(
  place: PythonPlace,
  source: string,
  { symbols, models }: { readonly symbols: readonly SdkSymbol[]; readonly models: readonly KnownModel[] },
): readonly Suggestion[] {
  if (place.kind === "comment") return [];
  if (place.kind === "string") return isModelPlace(place) ? models.map(toModelSuggestion) : [];
  const line = place.before.slice(place.before.lastIndexOf("\n") + 1);
  if (/^\s*from\s+platform_sdk\s+import\b/.test(line)) return symbols.map((symbol) => toSuggestion(symbol));
  if (/^\s*(?:from|import)\s+$/.test(line)) return [toModuleSuggestion()];
  // Only names of what is before the dot can stand here, known or not.
  if (/\.\s*$/.test(line))
    return (findMembers(place.before, symbols) ?? []).map((each) => toSuggestion(each));
  const imported = findImported(source);
  return [
    ...suggestArguments(place, symbols),
    ...symbols.map((symbol) => toSuggestion(symbol, imported)),
    ...pythonKeywords.map((word) => ({ kind: "keyword", label: word, insert: word }) as const),
    ...pythonBuiltins.map((word) => ({ kind: "builtin", label: word, insert: word }) as const),
  ];
}

function toModelSuggestion({ name, description, available }: KnownModel): Suggestion {
  return {
    kind: "model",
    label: name,
    insert: name,
    detail: available ? "model" : "model, not there at the moment",
    documentation: description,
  };
}

function toModuleSuggestion(): Suggestion {
  return {
    kind: "variable",
    label: "platform_sdk",
    insert: "platform_sdk",
    documentation: "The plugin's way out.",
  };
}

/** Without `imported` nothing needs to be. */
function toSuggestion(symbol: SdkSymbol, imported?: ReadonlySet<string>): Suggestion {
  const { name, kind, signatures, documentation, isStarred } = symbol;
  const isThere = imported === undefined || imported.has(name) || (imported.has("*") && isStarred);
  return {
    kind: kind === "function" ? "sdk" : kind,
    label: name,
    insert: name,
    detail: signatures[0]?.label ?? "platform_sdk",
    documentation,
    ...(!isThere && { toImport: name }),
  };
}

function suggestArguments({ open }: PythonPlace, symbols: readonly SdkSymbol[]): readonly Suggestion[] {
  const call = open.at(-1);
  if (call?.callee === undefined || call.keyword !== undefined) return [];
  const parameters = symbols.find(({ name }) => name === call.callee)?.signatures[0]?.parameters ?? [];
  return parameters
    .filter(({ name, isKeywordOnly }) => isKeywordOnly && !call.keywords.includes(name))
    .map(({ name, label, documentation }) => ({
      kind: "argument",
      label: `${name}=`,
      insert: `${name}=`,
      detail: label,
      documentation,
    }));
}

export function findImported(source: string): ReadonlySet<string> {
  const names = [
    ...source.matchAll(/^[ \t]*from[ \t]+platform_sdk[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)/gm),
  ].flatMap(([, list = ""]) => list.replace(/[()]/g, "").split(","));
  return new Set(names.map((name) => name.trim().split(/\s+as\s+/)[0] ?? "").filter((name) => name !== ""));
}

export interface ImportEdit {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** How a name of the SDK comes to be imported: beside those that are, or on a line of its own. */
export function toImportEdit(source: string, name: string): ImportEdit {
  const lines = source.split("\n");
  const at = lines.findIndex((line) => /^from[ \t]+platform_sdk[ \t]+import[ \t]+[^(#*]+$/.test(line));
  const found = lines[at]?.trimEnd();
  if (found !== undefined) return { line: at + 1, column: found.length + 1, text: `, ${name}` };
  return { line: findImportLine(source), column: 1, text: `from platform_sdk import ${name}\n` };
}

/** Below a docstring and comments at the top. */
function findImportLine(source: string): number {
  const head =
    /^(?:[ \t]*(?:#[^\n]*)?\n)*(?:("""[\s\S]*?"""|'''[\s\S]*?''')[^\n]*\n(?:[ \t]*\n)*)?/.exec(source)?.[0] ??
    "";
  return head.split("\n").length;
}
