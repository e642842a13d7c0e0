import type { ReactNode } from "react";
import { classes } from "./classes.js";
import { Icon } from "./icon.js";
import styles from "./notice.module.css";

export type Tone = "good" | "warn" | "bad" | "info";

const icons = { good: "check", warn: "alert", bad: "alert", info: "info" } as const;

export interface NoticeProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out when it appears. */
  readonly live?: boolean;
}

export function Notice({ tone, title, children, actions, live = false }: NoticeProps) {
  return (
    <div
      className={classes(styles.notice, styles[tone])}
      {...(live && { role: tone === "bad" ? "alert" : "status" })}
    >
      <Icon name={icons[tone]} />
      <div className={styles.body}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
