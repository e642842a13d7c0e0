import type { ComponentProps, ReactNode } from "react";
import { Link } from "wouter";
import { classes } from "./classes.js";
import type { Tone } from "./notice.js";
import styles from "./tag.module.css";

export function Tag({ tone, children }: { readonly tone?: Tone | undefined; readonly children: ReactNode }) {
  return <span className={classes(styles.tag, tone && styles[tone])}>{children}</span>;
}

/** Leads to all plugins that have it. */
export function TagLink({ tag }: { readonly tag: string }) {
  return (
    <Link href={`/plugins?tag=${encodeURIComponent(tag)}`} className={styles.tag}>
      {tag}
    </Link>
  );
}

/** A tag that is switched on and off. */
export function TagButton({ pressed, ...props }: { readonly pressed: boolean } & ComponentProps<"button">) {
  return <button type="button" {...props} aria-pressed={pressed} className={styles.tag} />;
}
