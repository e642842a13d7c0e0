import type { Nodes } from "hast";
import { defaultSchema, type Schema } from "hast-util-sanitize";

/** What GitHub lets through, without pictures from elsewhere, form fields, and addresses of other kinds. */
export const harmless: Schema = {
  ...defaultSchema,
  protocols: { href: ["http", "https", "mailto"], src: ["data"] },
};

const mostNodes = 20_000;
const mostDepth = 100;

/** More than a page can show in one go, or nested so deep that showing it would overflow the stack. */
export function isTooMuch(tree: Nodes): boolean {
  let nodes = 0;
  const waiting: { readonly node: Nodes; readonly depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes += 1;
    if (nodes > mostNodes || next.depth > mostDepth) return true;
    if (!("children" in next.node)) continue;
    for (const node of next.node.children) waiting.push({ node, depth: next.depth + 1 });
  }
  return false;
}
