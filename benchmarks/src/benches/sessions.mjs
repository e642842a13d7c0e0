import { withSubjects } from "../rounds.mjs";
import { Samples } from "../samples.mjs";
import { median, round } from "../statistics.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forge sessions"]);

/**
 * What a sleeping session weighs, and how much later a plugin answers because its session slept: its sealed bytes are
 * opened and resumed before.
 * @type {Bench}
 */
export const sessions = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const client = clients.get("forge sessions");
    if (client === undefined) return { rows: [], ratios: {}, notes };
    /**
     * @param {string} what
     * @param {number} amount
     */
    const ask = (what, amount) => client.ask({ kind: "measure", what, amount });
    const times = new Samples();
    const rounds = context.quick ? 1 : 10;
    const amount = context.quick ? 5 : 200;

    context.progress("warming");
    await ask("wake and run", amount);
    for (let at = 0; at < rounds; at += 1) {
      context.progress(`round ${at + 1} of ${rounds}`);
      times.add("fresh run", await ask("fresh run", amount));
      times.add("wake and run", await ask("wake and run", amount));
    }
    const count = context.quick ? 10 : 10_000;
    context.progress(`putting ${count} sessions to sleep`);
    const asleep = new Samples();
    asleep.add("a sleeping session", await ask("asleep", 1));
    const held = new Samples();
    held.add(`${count} sleeping sessions, resident`, await ask("hold", count));

    const extra = median(times.rounds("wake and run").flat()) - median(times.rounds("fresh run").flat());
    return {
      rows: [...times.rows("ms"), ...asleep.rows("KB"), ...held.rows("MB")],
      ratios: { asleepKb: asleep.rows("KB")[0]?.p50 ?? 0, wakeMs: round(extra) },
      notes,
    };
  });
