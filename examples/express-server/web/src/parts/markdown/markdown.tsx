import type { Nodes } from "hast";
import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { type ComponentProps, useEffect, useMemo, useRef, useState } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { classes } from "../classes.js";
import styles from "./markdown.module.css";
import { MarkdownReader } from "./markdown-reader.js";

/** Markdown that nobody vouches for. Until it is read, and where it is too much, it is shown as the text that it is. */
export function Markdown({ text }: { readonly text: string }) {
  const tree = useTree(text);
  const content = useMemo(
    () => (tree ? toJsxRuntime(tree, { Fragment, jsx, jsxs, components, ignoreInvalidStyle: true }) : null),
    [tree],
  );
  if (content === null) return <pre className={styles.plain}>{text}</pre>;
  return <div className={styles.markdown}>{content}</div>;
}

function useTree(text: string): Nodes | null {
  const [tree, setTree] = useState<Nodes | null>(null);
  const reader = useRef<MarkdownReader>(undefined);
  useEffect(() => {
    const made = new MarkdownReader(setTree);
    reader.current = made;
    return () => made.dispose();
  }, []);
  useEffect(() => reader.current?.read(text), [text]);
  return tree;
}

/** Headings of a text stand below those of the page, links say nothing about where they were followed, pictures stay away. */
const components: Partial<Components> = {
  a: ({ node: _, href, children }) => (
    <a href={href} {...(!href?.startsWith("#") && { target: "_blank", rel: "noopener noreferrer nofollow" })}>
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === "string" && /^data:image\/(png|jpeg|gif|webp);/.test(src) ? (
      <img src={src} alt={alt ?? ""} />
    ) : (
      <em>[picture{alt ? `: ${alt}` : ""}]</em>
    ),
  table: ({ node: _, ...props }) => (
    <div className={styles.table}>
      <table {...props} />
    </div>
  ),
  h1: (props) => <Heading {...props} large />,
  h2: (props) => <Heading {...props} large />,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
};

function Heading({ large = false, children }: ComponentProps<"h3"> & { readonly large?: boolean }) {
  return <h3 className={classes(styles.heading, large && styles.large)}>{children}</h3>;
}
