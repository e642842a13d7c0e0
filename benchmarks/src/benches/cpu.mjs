import { rotate, withSubjects } from "../rounds.mjs";
import { Samples } from "../samples.mjs";
import { geometricMean, pairedRatio, round } from "../statistics.mjs";
import { measuringSource, parseTimes, rowNames } from "../work/cpu-rows.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forged", "pyodide fresh", "python3 subprocess"]);

/**
 * Pure computing, warm: what the interpreter itself costs. The guest's own clock times each call.
 * @type {Bench}
 */
export const cpu = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const samples = new Samples();
    const rounds = context.quick ? 1 : 5;
    const seconds = context.quick ? 0 : 0.3;

    // All rows are warmed before any is measured: they share the interpreter's own code.
    for (const row of rowNames) {
      for (const [name, client] of clients) {
        // Native code has no tiers to climb.
        if (name === "python3 subprocess") continue;
        context.progress(`warming ${row} in ${name}`);
        const source = measuringSource(row, seconds / 3);
        for (let visit = 0; visit < 3; visit += 1) await client.ask({ kind: "evaluate", source });
      }
    }
    // Rounds outside, rows inside: each row's rounds are spread over the whole bench, not over one bad second.
    for (let round = 0; round < rounds; round += 1) {
      for (const row of rowNames) {
        const source = measuringSource(row, seconds);
        for (const name of rotate([...clients.keys()], round)) {
          context.progress(`round ${round + 1} of ${rounds}: ${row} in ${name}`);
          const answer = await clients.get(name)?.ask({ kind: "evaluate", source });
          samples.add(sampleName(row, name), parseTimes(answer ?? ""));
        }
      }
    }

    const overPyodide = rowRatios(samples, "forged", "pyodide fresh");
    const overNative = rowRatios(samples, "forged", "python3 subprocess");
    return {
      rows: samples.rows("ms"),
      ratios: {
        ...(overPyodide.length > 0
          ? {
              geomeanOverPyodide: round(geometricMean(overPyodide)),
              worstOverPyodide: round(Math.max(...overPyodide)),
            }
          : {}),
        ...(overNative.length > 0 ? { geomeanOverNative: round(geometricMean(overNative)) } : {}),
      },
      notes,
    };
  });

/**
 * @param {string} row
 * @param {SubjectName} subject
 */
export function sampleName(row, subject) {
  return `${row}: ${subject.replace(/ (fresh|subprocess)$/, "")}`;
}

/**
 * How much longer each row takes in one subject than in another.
 * @param {Samples} samples
 * @param {SubjectName} ours
 * @param {SubjectName} theirs
 */
export function rowRatios(samples, ours, theirs) {
  return rowNames
    .map((row) => [samples.rounds(sampleName(row, ours)), samples.rounds(sampleName(row, theirs))])
    .filter(([a, b]) => a?.length && b?.length)
    .map(([a, b]) => pairedRatio(a ?? [], b ?? []));
}
