import type { editor } from "monaco-editor/editor.js";

export const themeNames = { light: "wasmforge-light", dark: "wasmforge-dark" } as const;

/** The colours of `tokens.css`, which the editor cannot read. */
export function defineThemes({ defineTheme }: Pick<typeof editor, "defineTheme">): void {
  defineTheme(themeNames.light, {
    base: "vs",
    inherit: true,
    rules: toRules({
      keyword: "ae3f0c",
      string: "1b6e43",
      comment: "625a50",
      number: "235f99",
      name: "211d19",
    }),
    colors: {
      "editor.background": "#ffffff",
      "editor.foreground": "#211d19",
      "editorLineNumber.foreground": "#8f867a",
      "editorLineNumber.activeForeground": "#211d19",
      "editor.lineHighlightBackground": "#faf8f5",
      "editor.lineHighlightBorder": "#00000000",
      "editorCursor.foreground": "#ae3f0c",
      "editor.selectionBackground": "#f6d9c8",
      "editorWidget.background": "#ffffff",
      "editorWidget.border": "#e4ddd3",
      "editorSuggestWidget.selectedBackground": "#fcefe6",
      "editorSuggestWidget.selectedForeground": "#211d19",
      "editorSuggestWidget.highlightForeground": "#ae3f0c",
      "editorSuggestWidget.focusHighlightForeground": "#ae3f0c",
      "editorHoverWidget.highlightForeground": "#ae3f0c",
      focusBorder: "#ae3f0c",
      "diffEditor.insertedLineBackground": "#1b6e4314",
      "diffEditor.insertedTextBackground": "#1b6e4326",
      "diffEditor.removedLineBackground": "#b3261e12",
      "diffEditor.removedTextBackground": "#b3261e26",
      ...toBracketColors("#625a50", "#b3261e"),
    },
  });
  defineTheme(themeNames.dark, {
    base: "vs-dark",
    inherit: true,
    rules: toRules({
      keyword: "ff9a5e",
      string: "6fcf97",
      comment: "aca395",
      number: "86bff2",
      name: "ece7e0",
    }),
    colors: {
      "editor.background": "#1e1b18",
      "editor.foreground": "#ece7e0",
      "editorLineNumber.foreground": "#857b6f",
      "editorLineNumber.activeForeground": "#ece7e0",
      "editor.lineHighlightBackground": "#242019",
      "editor.lineHighlightBorder": "#00000000",
      "editorCursor.foreground": "#ff9a5e",
      "editor.selectionBackground": "#573525",
      "editorWidget.background": "#1e1b18",
      "editorWidget.border": "#37322c",
      "editorSuggestWidget.selectedBackground": "#33201a",
      "editorSuggestWidget.selectedForeground": "#ece7e0",
      "editorSuggestWidget.highlightForeground": "#ff9a5e",
      "editorSuggestWidget.focusHighlightForeground": "#ff9a5e",
      "editorHoverWidget.highlightForeground": "#ff9a5e",
      focusBorder: "#ff9a5e",
      "diffEditor.insertedLineBackground": "#6fcf971c",
      "diffEditor.insertedTextBackground": "#6fcf9730",
      "diffEditor.removedLineBackground": "#ff91891c",
      "diffEditor.removedTextBackground": "#ff918930",
      ...toBracketColors("#aca395", "#ff9189"),
    },
  });
}

/** Brackets are no rainbow: of one colour, but for one that has no partner. */
function toBracketColors(color: string, unexpected: string): Record<string, string> {
  const levels = [1, 2, 3, 4, 5, 6].map((level) => [`editorBracketHighlight.foreground${level}`, color]);
  return {
    ...Object.fromEntries(levels),
    "editorBracketHighlight.unexpectedBracket.foreground": unexpected,
  };
}

function toRules(colors: Readonly<Record<"keyword" | "string" | "comment" | "number" | "name", string>>) {
  return [
    { token: "", foreground: colors.name },
    { token: "keyword", foreground: colors.keyword },
    { token: "string", foreground: colors.string },
    { token: "string.escape", foreground: colors.number },
    { token: "comment", foreground: colors.comment },
    { token: "number", foreground: colors.number },
    { token: "identifier", foreground: colors.name },
    { token: "delimiter", foreground: colors.name },
    { token: "tag", foreground: colors.number },
  ];
}
