import type { Nodes } from "hast";
import { sanitize } from "hast-util-sanitize";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { harmless, isTooMuch } from "./harmless.js";

/** A tree of elements that do no harm; `null` where it is more than a page can show. HTML in the text is dropped. */
export function readMarkdown(text: string): Nodes | null {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const clean = sanitize(toHast(tree), harmless);
  return isTooMuch(clean) ? null : clean;
}
