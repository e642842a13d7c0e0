import { interleave, withSubjects } from "../rounds.mjs";
import { ratioOfMedians, Samples } from "../samples.mjs";
import { percentile, round } from "../statistics.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench, Row } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["forge thread", "forge process", "worker echo"]);

/**
 * The plugin from a host app's main thread: one after the other, as many as both cores can do, and at 70 % of that.
 * @type {Bench}
 */
export const forge = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const oneByOne = new Samples();
    const saturated = new Samples();
    const loaded = new Samples();
    const rounds = context.quick ? 1 : 6;

    for (const [name, client] of clients) {
      context.progress(`warming ${name}`);
      await client.ask({ kind: "time", forMs: context.quick ? 50 : 2_000, atLeast: 1 });
    }
    await interleave([...clients.keys()], rounds, async (name, at) => {
      const client = clients.get(name);
      if (client === undefined) return;
      context.progress(`round ${at + 1} of ${rounds}: ${name}`);
      oneByOne.add(name, await client.ask({ kind: "time", forMs: context.quick ? 50 : 300, atLeast: 1 }));
      if (name === "worker echo") return;
      const amount = context.quick ? 100 : 1_000;
      const perSecond = await client.ask({ kind: "measure", what: "saturated", amount });
      saturated.add(`${name} saturated`, perSecond);
      if (at % 3 > 0) return;
      const load = Math.max(1, Math.floor((perSecond[0] ?? 0) * 0.7));
      loaded.add(
        `${name} at 70 %`,
        await client.ask({ kind: "measure", what: "at a load", amount: context.quick ? 20 : load }),
      );
    });

    const times = oneByOne.rows("ms");
    const rates = saturated.rows("runs/s");
    return {
      rows: [...times, ...rates, ...loaded.rows("ms")],
      ratios: {
        ...ratioOfMedians("runOverWorkerEcho", times, "forge thread", "worker echo"),
        ...ratioOfMedians("processRunOverThread", times, "forge process", "forge thread"),
        ...medianOf("runsPerSecond", rates, "forge thread saturated"),
        ...medianOf("processRunsPerSecond", rates, "forge process saturated"),
        ...tail("p99OverP50", loaded.rounds("forge thread at 70 %").flat()),
        ...tail("processP99OverP50", loaded.rounds("forge process at 70 %").flat()),
      },
      notes,
    };
  });

/**
 * @param {string} name
 * @param {readonly Row[]} rows
 * @param {string} subject
 * @returns {Record<string, number>}
 */
function medianOf(name, rows, subject) {
  const row = rows.find((each) => each.subject === subject);
  return row ? { [name]: row.p50 } : {};
}

/**
 * @param {string} name
 * @param {readonly number[]} times
 * @returns {Record<string, number>}
 */
function tail(name, times) {
  return times.length === 0 ? {} : { [name]: round(percentile(times, 0.99) / percentile(times, 0.5)) };
}
