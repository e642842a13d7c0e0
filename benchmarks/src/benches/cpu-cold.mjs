import { absence, openSubject, rotate, wanted } from "../rounds.mjs";
import { Samples } from "../samples.mjs";
import { geometricMean, round } from "../statistics.mjs";
import { onceSource, parseTimes, rowNames } from "../work/cpu-rows.mjs";
import { rowRatios, sampleName } from "./cpu.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forged warmed", "forged tuned", "pyodide fresh"]);
const repeats = 5;
const budgetMs = 100_000;

/**
 * The rows of `cpu`, each called once in a process of its own that has just started.
 * @type {Bench}
 */
export const cpuCold = async (context) => {
  const samples = new Samples();
  /** @type {Map<string, string>} */
  const notes = new Map();
  const rounds = context.quick ? 1 : repeats;
  const start = performance.now();

  for (let repeat = 0; repeat < rounds; repeat += 1) {
    // Whole repeats only, and never fewer than three: a slow machine gets fewer, not lopsided ones.
    const taken = performance.now() - start;
    if (repeat >= 3 && taken + taken / repeat > budgetMs) break;
    for (const row of rowNames) {
      const source = onceSource(row);
      for (const name of rotate(wanted(names, context), repeat)) {
        if (notes.has(name)) continue;
        context.progress(`repeat ${repeat + 1} of ${rounds}: ${row} in ${name}`);
        try {
          const client = await openSubject(name, context);
          try {
            samples.add(sampleName(row, name), parseTimes(await client.ask({ kind: "evaluate", source })));
          } finally {
            await client.close();
          }
        } catch (error) {
          notes.set(name, absence(name, error));
        }
      }
    }
  }

  const ratios = rowRatios(samples, "forged warmed", "pyodide fresh");
  return {
    rows: samples.rows("ms"),
    ratios: ratios.length > 0 ? { geomeanOverPyodideCold: round(geometricMean(ratios)) } : {},
    notes: [...notes.values()],
  };
};
