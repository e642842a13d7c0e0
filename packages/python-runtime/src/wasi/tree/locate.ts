import { Errno } from "../errno.js";
import { refuse } from "../refusal.js";
import { Directory } from "./directory.js";
import { isTooLongName } from "./names.js";
import type { TreeNode } from "./node.js";

/** What a path leads to: a name in a directory, or (by `.` or `..`) a directory without a name to change. */
export type Place =
  | {
      readonly kind: "entry";
      readonly parent: Directory;
      readonly name: string;
      readonly node: TreeNode | undefined;
      /** Written as `name/` or `name/.`: what is there, or is put there, has to be a directory. */
      readonly asDirectory: boolean;
    }
  | { readonly kind: "itself"; readonly node: Directory };

/**
 * Follows a guest's path from a directory downwards. There are no symbolic links, so the directories passed on the
 * way are all that `..` can lead back to; above the one it started from there is nothing.
 */
export function locate(start: Directory, path: string): Place {
  if (path === "") throw refuse(Errno.NOENT);
  if (path.includes("\0")) throw refuse(Errno.INVAL);
  if (path.startsWith("/")) throw refuse(Errno.NOTCAPABLE);
  const steps = path.split("/");
  const passed: Directory[] = [];
  let here = start;
  let last: string | undefined;
  for (const step of steps) {
    if (step === "" || step === ".") continue;
    if (last !== undefined) {
      passed.push(here);
      here = requireDirectory(here.get(last));
      last = undefined;
    }
    if (step === "..") {
      const above = passed.pop();
      if (above === undefined) throw refuse(Errno.NOTCAPABLE);
      here = above;
    } else {
      if (isTooLongName(step)) throw refuse(Errno.NAMETOOLONG);
      last = step;
    }
  }
  if (last === undefined) return { kind: "itself", node: here };
  const node = here.get(last);
  const end = steps.at(-1);
  const asDirectory = end === "" || end === ".";
  if (asDirectory && node !== undefined) requireDirectory(node);
  return { kind: "entry", parent: here, name: last, node, asDirectory };
}

function requireDirectory(node: TreeNode | undefined): Directory {
  if (node === undefined) throw refuse(Errno.NOENT);
  if (!(node instanceof Directory)) throw refuse(Errno.NOTDIR);
  return node;
}
