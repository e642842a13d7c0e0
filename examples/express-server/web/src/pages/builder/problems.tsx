import { Icon } from "../../parts/icon.js";
import { formatCount } from "../../text/format.js";
import styles from "./problems.module.css";
import type { Check } from "./use-check.js";

/** What the check found: the same that is underlined in the editor, for those who go through it by keyboard or ear. */
export function Problems({
  check: { report, isCurrent, problem },
  onShow,
}: {
  readonly check: Check;
  readonly onShow: (line: number, column: number) => void;
}) {
  const problems = report?.problems ?? [];
  return (
    <section className={styles.problems} aria-label="Check">
      <p className={styles.status} role="status" data-good={isCurrent && report?.ok === true}>
        {describe()}
      </p>
      {problems.length > 0 && (
        <ul className={styles.list}>
          {problems.map(({ severity, message, line, column }) => (
            <li key={`${line}:${column}:${message}`}>
              <button type="button" className={styles.problem} onClick={() => onShow(line, column)}>
                <span className={styles.mark} data-severity={severity}>
                  <Icon name={severity === "error" ? "close" : "alert"} size={15} />
                  <span className="visually-hidden">{severity}: </span>
                </span>
                <span>{message}</span>
                <span className={styles.place}>line {line}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );

  function describe(): string {
    if (!isCurrent) return "Checking…";
    if (report === undefined) return `It could not be checked. ${problem ?? ""}`;
    const calls = `${formatCount(report.calls, "model call")} in the code`;
    return problems.length === 0
      ? `No problems · ${calls}`
      : `${formatCount(problems.length, "problem")} · ${calls}`;
  }
}
