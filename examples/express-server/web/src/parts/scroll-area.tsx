import type { ComponentProps } from "react";

/** What scrolls must be reached by keyboard, and have a name for those who get there. */
export function ScrollArea({ label, ...props }: { readonly label: string } & ComponentProps<"section">) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  return <section {...props} aria-label={label} tabIndex={0} />;
}
