import { interleave, withSubjects } from "../rounds.mjs";
import { Samples } from "../samples.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forge thread", "forge process"]);

/**
 * `call_ai` as the guest sees it, to a provider that answers at once: through the SDK, out of the sandbox, validated,
 * decided, charged, served, audited, and back. A sample is the mean of a run's calls, timed by the guest.
 * @type {Bench}
 */
export const door = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const samples = new Samples();
    const rounds = context.quick ? 1 : 10;
    await interleave([...clients.keys()], rounds, async (name, round) => {
      context.progress(`round ${round + 1} of ${rounds}: ${name}`);
      const amount = context.quick ? 20 : 3_000;
      samples.add(name, (await clients.get(name)?.ask({ kind: "measure", what: "door", amount })) ?? []);
    });
    const rows = samples.rows("µs");
    const thread = rows.find((row) => row.subject === "forge thread");
    return { rows, ratios: thread ? { roundTripUs: thread.p50 } : {}, notes };
  });
