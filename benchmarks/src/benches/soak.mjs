import { withSubjects } from "../rounds.mjs";
import { Samples } from "../samples.mjs";
import { median, round } from "../statistics.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forge soak"]);
const watched = /** @type {const} */ (["resident", "descriptors", "threads"]);

/**
 * A million runs, one in a hundred hostile, each of which must end as it should and find no trace of another. What grows
 * is compared between the second fifth of the time, when all is warm, and the last.
 * @type {Bench}
 */
export const soak = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const client = clients.get("forge soak");
    if (client === undefined) return { rows: [], ratios: {}, notes };
    const blocks = context.quick ? 5 : 100;
    const runsPerBlock = context.quick ? 200 : 10_000;
    const rates = new Samples();
    /** @type {Record<(typeof watched)[number], number[]>} */
    const seen = { resident: [], descriptors: [], threads: [] };

    for (let block = 0; block < blocks; block += 1) {
      context.progress(`${(block * runsPerBlock).toLocaleString("en")} runs`);
      rates.add("forge soak", await client.ask({ kind: "measure", what: "runs", amount: runsPerBlock }));
      for (const what of watched) {
        seen[what].push(...(await client.ask({ kind: "measure", what, amount: 1 })));
      }
    }
    const resident = new Samples();
    resident.add("resident", seen.resident);
    return {
      rows: [...rates.rows("runs/s"), ...resident.rows("MB")],
      ratios: {
        runs: blocks * runsPerBlock,
        residentGrowthMb: growth(seen.resident),
        descriptorGrowth: growth(seen.descriptors),
        threadGrowth: growth(seen.threads),
      },
      notes,
    };
  });

/** @param {readonly number[]} values */
function growth(values) {
  const fifth = values.length / 5;
  return round(median(values.slice(-fifth)) - median(values.slice(fifth, 2 * fifth)));
}
