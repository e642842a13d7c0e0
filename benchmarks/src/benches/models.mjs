import { interleave, withSubjects } from "../rounds.mjs";
import { Samples } from "../samples.mjs";
import { round } from "../statistics.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench, Row } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["raw fetch", "forge models"]);

/**
 * Calls of a model that takes no time, and an answer of 10,000 tokens, each through the whole of WasmForge and through a bare
 * `fetch` that parses the same lines; then 200 runs of two tenants at once on a model that is slow.
 * @type {Bench}
 */
export const models = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const samples = new Samples();
    // Many short samples: one that nothing else on the machine gets in the way of is short.
    const rounds = context.quick ? 1 : 80;
    const amounts = context.quick ? { call: 10, stream: 1 } : { call: 30, stream: 1 };
    await interleave([...clients.keys()], rounds, async (name, number) => {
      context.progress(`round ${number + 1} of ${rounds}: ${name}`);
      for (const [what, amount] of Object.entries(amounts)) {
        samples.add(
          `${name}, ${what}`,
          (await clients.get(name)?.ask({ kind: "measure", what, amount })) ?? [],
        );
      }
    });
    context.progress("a crowd on a slow model");
    const crowd = await clients.get("forge models")?.ask({ kind: "measure", what: "crowd", amount: 1 });
    const rows = samples.rows("ms");
    return {
      rows,
      ratios: { ...ratiosOf(rows), ...(crowd === undefined ? {} : ratiosOfCrowd(crowd)) },
      notes: [...notes, ...notesOfCrowd(crowd)],
    };
  });

/**
 * Of the minima: other work on the machine only ever adds to a time.
 * @param {readonly Row[]} rows
 */
function ratiosOf(rows) {
  const least = (/** @type {string} */ subject) =>
    rows.find((row) => row.subject === subject)?.min ?? Number.NaN;
  return {
    overRawFetch: round(least("forge models, call") / least("raw fetch, call")),
    tokensPerSecondOverRaw: round(least("raw fetch, stream") / least("forge models, stream")),
  };
}

/** @param {readonly number[]} crowd */
function ratiosOfCrowd([delayMs = Number.NaN, share = Number.NaN, growthMb = Number.NaN]) {
  return {
    eventLoopDelayP99Ms: round(delayMs),
    quietTenantsShare: round(share),
    crowdHeapMb: round(growthMb),
  };
}

/** @param {readonly number[] | undefined} crowd */
function notesOfCrowd(crowd) {
  const denied = crowd?.[3] ?? Number.NaN;
  return denied > 0.01
    ? [
        `the event loop's thread was ready and had no processor for ${Math.round(denied * 100)} % of the crowd's time, which is in its delay`,
      ]
    : [];
}
