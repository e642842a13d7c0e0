import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { CheckProblem } from "../api/shapes.js";
import { useIsDark } from "../shell/theme.js";
import { monaco } from "./monaco.js";
import styles from "./python-editor.module.css";
import { themeNames } from "./themes.js";

export interface EditorHandle {
  showLine(line: number, column?: number): void;
}

/** Where Python is written. With a new `revision`, `code` takes the place of what is there; else it is where it began. */
export function PythonEditor({
  code,
  revision,
  onChange,
  problems,
  handle,
}: {
  readonly code: string;
  readonly revision: number;
  readonly onChange: (code: string) => void;
  readonly problems: readonly CheckProblem[];
  readonly handle: Ref<EditorHandle>;
}) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const told = useRef(onChange);
  told.current = onChange;
  const isDark = useIsDark();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes later is handed over below.
  useEffect(() => {
    if (place.current === null) return;
    const made = monaco.editor.create(place.current, { ...options, value: code });
    const listening = made.onDidChangeModelContent(() => told.current(made.getValue()));
    editor.current = made;
    return () => {
      listening.dispose();
      made.getModel()?.dispose();
      made.dispose();
    };
  }, []);

  useEffect(() => monaco.editor.setTheme(isDark ? themeNames.dark : themeNames.light), [isDark]);

  // Not whenever `code` changes: what was typed comes back with it, later than what is typed meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || model.getValue() === code) return;
    // As an edit, so that it can be undone.
    editor.current?.executeEdits("replace", [{ range: model.getFullModelRange(), text: code }]);
    editor.current?.setPosition({ lineNumber: 1, column: 1 });
  }, [revision]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) monaco.editor.setModelMarkers(model, "check", problems.map(toMarker));
  }, [problems]);

  useImperativeHandle(handle, () => ({
    showLine(line, column = 1) {
      editor.current?.setPosition({ lineNumber: line, column });
      editor.current?.revealLineInCenter(line);
      editor.current?.focus();
    },
  }));

  return <div ref={place} className={styles.editor} />;
}

const isTouched = matchMedia("(pointer: coarse)").matches;

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  language: "python",
  ariaLabel: "The plugin’s code. Control and M switch whether Tab writes or leaves the editor.",
  automaticLayout: true,
  fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
  // Below this size phones zoom into the page when the editor is touched.
  fontSize: isTouched ? 16 : 13.5,
  lineHeight: 1.6,
  padding: { top: 12, bottom: 12 },
  minimap: { enabled: false },
  lineNumbersMinChars: 3,
  folding: !isTouched,
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false },
  tabSize: 4,
  insertSpaces: true,
  renderLineHighlight: "line",
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  wordWrap: isTouched ? "on" : "off",
  // Suggestions and what is pointed at may be larger than the editor.
  fixedOverflowWidgets: true,
  quickSuggestions: { other: true, strings: true, comments: false },
  wordBasedSuggestions: "currentDocument",
};

function toMarker(problem: CheckProblem): monaco.editor.IMarkerData {
  const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning };
  return {
    severity: severities[problem.severity],
    message: problem.message,
    startLineNumber: problem.line,
    startColumn: problem.column,
    endLineNumber: problem.end_line,
    endColumn: problem.end_column,
  };
}
