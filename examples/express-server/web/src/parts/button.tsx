import type { ComponentProps } from "react";
import { Link } from "wouter";
import styles from "./button.module.css";
import { classes } from "./classes.js";

interface Look {
  readonly look?: "primary" | "danger" | "plain" | undefined;
  readonly small?: boolean | undefined;
}

export function Button({ look, small, className, ...props }: Look & ComponentProps<"button">) {
  return <button type="button" {...props} className={classes(toClasses({ look, small }), className)} />;
}

export function ButtonLink({
  look,
  small,
  className,
  href,
  children,
}: Look & { readonly href: string; readonly className?: string; readonly children: React.ReactNode }) {
  return (
    <Link href={href} className={classes(toClasses({ look, small }), className)}>
      {children}
    </Link>
  );
}

function toClasses({ look, small }: Look): string {
  return classes(styles.button, look && styles[look], small && styles.small);
}
