import type { ReactNode } from "react";
import styles from "./empty-state.module.css";
import { Icon, type IconName } from "./icon.js";

export function EmptyState({
  icon,
  title,
  children,
  actions,
  isPage = false,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** There is nothing else on it. */
  readonly isPage?: boolean;
}) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} size={30} />
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p className={styles.text}>{children}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
