import { absence, interleave, openSubject, wanted } from "../rounds.mjs";
import { Samples } from "../samples.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/**
 * How many instances live at once. Fewer where each takes long to make; never so few that chance decides.
 * @satisfies {Partial<Record<SubjectName, number>>}
 */
const instances = {
  forged: 100,
  "pyodide fresh": 4,
  "pyodide snapshot": 8,
  monty: 100,
  "quickjs context": 100,
  "node:wasi stock": 20,
  "worker echo": 40,
};

const names = /** @type {(keyof typeof instances)[]} */ (Object.keys(instances));

/**
 * Resident memory of each extra live instance that has run the plugin. One sample is one process with all of them.
 * @type {Bench}
 */
export const memory = async (context) => {
  const samples = new Samples();
  /** @type {Map<string, string>} */
  const notes = new Map();
  const rounds = context.quick ? 1 : 3;

  await interleave(wanted(names, context), rounds, async (name, round) => {
    if (notes.has(name)) return;
    context.progress(`round ${round + 1} of ${rounds}: ${name}, ${instances[name]} instances`);
    try {
      const client = await openSubject(name, context);
      try {
        const bytes = await client.ask({ kind: "keep", instances: context.quick ? 3 : instances[name] });
        samples.add(name, [bytes / 2 ** 20]);
      } finally {
        await client.close();
      }
    } catch (error) {
      notes.set(name, absence(name, error));
    }
  });

  const rows = samples.rows("MB");
  const forged = rows.find((row) => row.subject === "forged");
  return { rows, ratios: forged ? { forgedMb: forged.p50 } : {}, notes: [...notes.values()] };
};
