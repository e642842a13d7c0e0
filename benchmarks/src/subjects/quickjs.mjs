import { getQuickJS } from "quickjs-emscripten";
import { input, javascript } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */
/** @import { QuickJSContext } from "quickjs-emscripten" */

/**
 * JavaScript, not Python. Each run has a runtime and context of its own; all share one WebAssembly memory.
 * @returns {Promise<Subject>}
 */
export async function open() {
  const quickjs = await getQuickJS();
  /** @type {QuickJSContext[]} */
  const kept = [];

  return {
    async run() {
      const context = quickjs.newContext();
      try {
        return runPlugin(context);
      } finally {
        context.dispose();
      }
    },
    async keep() {
      const context = quickjs.newContext();
      runPlugin(context);
      kept.push(context);
    },
  };
}

/** @param {QuickJSContext} context */
function runPlugin(context) {
  context.newString(input).consume((text) => context.setProp(context.global, "text", text));
  return context.unwrapResult(context.evalCode(javascript)).consume((answer) => context.getString(answer));
}
