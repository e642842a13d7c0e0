import { interleave, withSubjects } from "../rounds.mjs";
import { Samples } from "../samples.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forge thread", "forge process"]);

/**
 * From the word that stops an endless loop until the next plugin has answered, with a spare seat there.
 * @type {Bench}
 */
export const kill = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const samples = new Samples();
    const rounds = context.quick ? 1 : 25;
    for (const client of clients.values()) {
      await client.ask({ kind: "time", forMs: context.quick ? 50 : 1_000, atLeast: 1 });
    }
    await interleave([...clients.keys()], rounds, async (name, round) => {
      context.progress(`round ${round + 1} of ${rounds}: ${name}`);
      samples.add(name, (await clients.get(name)?.ask({ kind: "measure", what: "kill", amount: 1 })) ?? []);
    });
    const rows = samples.rows("ms");
    const thread = rows.find((row) => row.subject === "forge thread");
    return { rows, ratios: thread ? { killToReadyMs: thread.p50 } : {}, notes };
  });
