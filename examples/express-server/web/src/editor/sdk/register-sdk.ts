/** Teaches the editor the SDK: completion, what is said when something is pointed at, and signatures while calling. */
import type * as Monaco from "monaco-editor/editor.js";
import { type Suggestion, suggest, toImportEdit } from "./complete.js";
import { readKnownModels } from "./known-models.js";
import { findMembers } from "./members.js";
import type { SdkSymbol } from "./parse-stubs.js";
import { findPlace } from "./python-place.js";
import { sdk, sdkByName, sdkModule } from "./sdk.js";

export function registerSdk({ languages, Range }: typeof Monaco): void {
  const { CompletionItemKind } = languages;
  const kinds: Readonly<Record<Suggestion["kind"], Monaco.languages.CompletionItemKind>> = {
    model: CompletionItemKind.Value,
    sdk: CompletionItemKind.Function,
    class: CompletionItemKind.Class,
    variable: CompletionItemKind.Variable,
    argument: CompletionItemKind.Property,
    keyword: CompletionItemKind.Keyword,
    builtin: CompletionItemKind.Function,
  };

  languages.registerCompletionItemProvider("python", {
    // Not "(": what a call takes is what its signature says, which the list would cover.
    triggerCharacters: ['"', "'", "."],
    provideCompletionItems(model, position) {
      const source = model.getValue();
      const place = findPlace(source, model.getOffsetAt(position));
      const from = model.getPositionAt(place.before.length);
      const range = Range.fromPositions(from, position);
      const suggestions = suggest(place, source, { symbols: sdk, models: readKnownModels() });
      return {
        suggestions: suggestions.map((suggestion, at) => ({
          label: suggestion.label,
          kind: kinds[suggestion.kind],
          insertText: suggestion.insert,
          range,
          // The SDK comes before Python, in the order of its stubs.
          sortText: String(at).padStart(4, "0"),
          ...(suggestion.detail && { detail: suggestion.detail }),
          ...(suggestion.documentation && { documentation: suggestion.documentation }),
          ...(suggestion.toImport && {
            additionalTextEdits: [toTextEdit(source, suggestion.toImport, Range)],
          }),
        })),
      };
    },
  });

  languages.registerHoverProvider("python", {
    provideHover(model, position) {
      const word = model.getWordAtPosition(position);
      if (!word) return null;
      const { lineNumber } = position;
      const source = model.getValue();
      if (findPlace(source, model.getOffsetAt(position)).kind !== "code") return null;
      const before = source.slice(0, model.getOffsetAt({ lineNumber, column: word.startColumn }));
      const symbol = before.endsWith(".")
        ? findMembers(before, sdk)?.find(({ name }) => name === word.word)
        : sdkByName.get(word.word);
      if (!symbol) return null;
      return {
        range: new Range(lineNumber, word.startColumn, lineNumber, word.endColumn),
        contents: toHover(symbol).map((value) => ({ value })),
      };
    },
  });

  languages.registerSignatureHelpProvider("python", {
    signatureHelpTriggerCharacters: ["(", ","],
    signatureHelpRetriggerCharacters: [")"],
    provideSignatureHelp(model, position) {
      const { open } = findPlace(model.getValue(), model.getOffsetAt(position));
      const call = open.at(-1);
      const symbol = call?.callee === undefined ? undefined : sdkByName.get(call.callee);
      if (call === undefined || symbol === undefined || symbol.signatures.length === 0) return null;
      return {
        value: {
          activeSignature: 0,
          activeParameter: findParameter(symbol, call),
          signatures: symbol.signatures.map(({ label, parameters }) => ({
            label,
            documentation: symbol.documentation,
            parameters: parameters.map((parameter) => ({
              label: parameter.label,
              documentation: parameter.documentation,
            })),
          })),
        },
        dispose() {},
      };
    },
  });
}

function toTextEdit(
  source: string,
  name: string,
  range: typeof Monaco.Range,
): Monaco.editor.ISingleEditOperation {
  const { line, column, text } = toImportEdit(source, name);
  return { range: new range(line, column, line, column), text };
}

function toHover({ name, signatures, documentation, members, kind }: SdkSymbol): readonly string[] {
  const labels = signatures.length > 0 ? signatures.map(({ label }) => label) : [`${kind} ${name}`];
  const code = `\`\`\`python\n${labels.join("\n")}\n\`\`\``;
  const has =
    members.length === 0 ? [] : [`It has ${members.map((member) => `\`${member.name}\``).join(", ")}.`];
  return [code, documentation, ...has, `*from ${sdkModule}*`].filter((part) => part !== "");
}

function findParameter(
  { signatures: [signature] }: SdkSymbol,
  { index, keyword }: { readonly index: number; readonly keyword: string | undefined },
): number {
  const parameters = signature?.parameters ?? [];
  const named = parameters.findIndex(({ name }) => name === keyword);
  if (named !== -1) return named;
  // Those that must be named are not reached by counting.
  const counted = parameters.filter(({ isKeywordOnly }) => !isKeywordOnly).length;
  return index < counted ? index : -1;
}
