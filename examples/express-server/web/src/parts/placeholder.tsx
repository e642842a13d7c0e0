import { classes } from "./classes.js";
import styles from "./placeholder.module.css";

/** Keeps the place of what is being loaded. */
export function Placeholder({
  what,
  lines = 4,
  tall = false,
  className,
}: {
  readonly what: string;
  readonly lines?: number;
  readonly tall?: boolean;
  readonly className?: string | undefined;
}) {
  return (
    <div className={classes(styles.placeholder, tall && styles.tall, className)} role="status">
      <span className="visually-hidden">Loading {what}…</span>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move.
        <span key={at} className={styles.line} />
      ))}
    </div>
  );
}
