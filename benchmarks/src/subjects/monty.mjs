import { Monty } from "@pydantic/monty";
import { input, python } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */

/**
 * A subset of Python as a native add-on: its isolation is its own code, not WebAssembly.
 * @returns {Promise<Subject>}
 */
export async function open() {
  /** @type {Monty[]} */
  const kept = [];

  const start = () => {
    const monty = new Monty(`${python}answer`, { inputs: ["text"] });
    return { monty, answer: monty.run({ inputs: { text: input } }) };
  };

  return {
    async run() {
      return start().answer;
    },
    async keep() {
      kept.push(start().monty);
    },
  };
}
