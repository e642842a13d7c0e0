import type { OpenBracket, PythonPlace } from "./python-place.js";

const asksFirst = /^(call_ai|stream_ai|embed)(_async)?$/;
const asksMany = /^call_ai_many(_async)?$/;

/** Whether the text that the cursor is in is the name of a model. */
export function isModelPlace({ kind, before, open }: PythonPlace): boolean {
  if (kind !== "string") return false;
  const top = open.at(-1);
  return isModelArgument(top) || isInListOfCalls(open) || isNamedModel(before);
}

function isModelArgument(top: OpenBracket | undefined): boolean {
  if (top?.callee === undefined || !asksFirst.test(top.callee)) return false;
  return top.keyword === undefined ? top.index === 0 : top.keyword === "model";
}

/** `call_ai_many([("llama3.2", "…"), …])` */
function isInListOfCalls(open: readonly OpenBracket[]): boolean {
  const top = open.at(-1);
  if (top === undefined || top.callee !== undefined || top.sign === "{" || top.index > 0) return false;
  return open.slice(0, -1).some(({ callee }) => callee !== undefined && asksMany.test(callee));
}

/** `MODEL = "…"` and `{"model": "…"}` */
function isNamedModel(before: string): boolean {
  return /(?:\w*model\w*\s*(?::[^=\n]*)?=|["']model["']\s*:)\s*["']{1,3}$/i.test(before.slice(-200));
}
