import styles from "./python-code.module.css";
import { toPythonTokens } from "./python-tokens.js";
import { ScrollArea } from "./scroll-area.js";

/** Python to look at, where an editor would be too much. */
export function PythonCode({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <ScrollArea label={label} className={styles.code}>
      <pre>
        <code>
          {toPythonTokens(code).map(({ at, kind, text }) =>
            kind === "plain" ? (
              text
            ) : (
              <span key={at} className={styles[kind]}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </ScrollArea>
  );
}
