import { useEffect } from "react";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import styles from "./run-bar.module.css";
import type { RunControl } from "./use-run.js";

/** Starts and cancels. Control and Enter start from anywhere on the page. */
export function RunBar({
  run,
  isReady,
  label = "Run",
  onStart,
}: {
  readonly run: RunControl;
  readonly isReady: boolean;
  readonly label?: string;
  readonly onStart: () => void;
}) {
  useRunKey(isReady && !run.isGoing, onStart);
  return (
    <div className={styles.bar}>
      {/* Their keys keep them apart: one button that turned into the other would submit the form with the click that cancels. */}
      {run.isGoing ? (
        <Button key="cancel" look="danger" onClick={run.cancel}>
          <Icon name="stop" />
          Cancel
        </Button>
      ) : (
        <Button key="run" look="primary" type="submit" disabled={!isReady}>
          <Icon name="play" />
          {label}
        </Button>
      )}
      <p className={styles.keys}>
        <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs
      </p>
    </div>
  );
}

function useRunKey(isOn: boolean, onStart: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      onStart();
    };
    // Before the editor sees it, which has a meaning of its own for it.
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  }, [isOn, onStart]);
}
