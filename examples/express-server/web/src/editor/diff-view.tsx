import { useEffect, useRef } from "react";
import { useIsDark } from "../shell/theme.js";
import { monaco } from "./monaco.js";
import styles from "./python-editor.module.css";
import { themeNames } from "./themes.js";

export function DiffView({ before, after }: { readonly before: string; readonly after: string }) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  useEffect(() => monaco.editor.setTheme(isDark ? themeNames.dark : themeNames.light), [isDark]);
  useEffect(() => {
    if (place.current === null) return;
    const editor = monaco.editor.createDiffEditor(place.current, options);
    const original = monaco.editor.createModel(before, "python");
    const modified = monaco.editor.createModel(after, "python");
    const comparison = editor.createViewModel({ original, modified });
    editor.setModel(comparison);
    const first = editor.onDidUpdateDiff(() => {
      first.dispose();
      editor.revealFirstDiff();
    });
    return () => {
      first.dispose();
      editor.dispose();
      // Before what it compares is gone: this is what ends a comparison that is under way.
      comparison.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [before, after]);
  return <div ref={place} className={styles.diff} />;
}

const options: monaco.editor.IDiffEditorConstructionOptions = {
  readOnly: true,
  automaticLayout: true,
  // Side by side only where there is room for it.
  useInlineViewWhenSpaceIsLimited: true,
  renderSideBySideInlineBreakpoint: 760,
  // What is the same is folded away, but for what it takes to see where one is.
  hideUnchangedRegions: { enabled: true },
  renderOverviewRuler: false,
  renderGutterMenu: false,
  lineNumbersMinChars: 3,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false },
  originalAriaLabel: "The older source",
  modifiedAriaLabel: "The newer source",
};
