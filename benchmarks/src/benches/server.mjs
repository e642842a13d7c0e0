import { interleave, withSubjects } from "../rounds.mjs";
import { ratioOfMedians, Samples } from "../samples.mjs";
import { round } from "../statistics.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ (["bare express", "hosted server"]);

/**
 * A trivial plugin over HTTP beside a handler that answers a constant; then many clients at once, and many open streams.
 * @type {Bench}
 */
export const server = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const latency = new Samples();
    const others = new Samples();
    const rounds = context.quick ? 1 : 10;
    const ask = async (
      /** @type {(typeof names)[number]} */ name,
      /** @type {string} */ what,
      /** @type {number} */ amount,
    ) => (await clients.get(name)?.ask({ kind: "measure", what, amount })) ?? [];

    for (const name of clients.keys()) await ask(name, "one at a time", context.quick ? 20 : 2_000);
    await interleave([...clients.keys()], rounds, async (name, number) => {
      context.progress(`round ${number + 1} of ${rounds}: ${name}`);
      latency.add(name, await ask(name, "one at a time", context.quick ? 20 : 500));
    });
    const rows = latency.rows("ms");
    const ratios = ratioOfMedians("runOverBareExpressP50", rows, "hosted server", "bare express");
    if (!clients.has("hosted server")) return { rows, ratios, notes };

    context.progress("as many runs as there is room for");
    const throughput = [];
    for (let number = 0; number < (context.quick ? 1 : 5); number += 1) {
      throughput.push(...(await ask("hosted server", "throughput", context.quick ? 1 : 4)));
    }
    others.add("hosted server, throughput", throughput);
    context.progress("500 clients");
    const [p50 = 0, p99 = 0, served = 0, refused = 0, failed = 0] = await ask(
      "hosted server",
      "crowd",
      context.quick ? 2 : 10,
    );
    context.progress("200 open streams");
    const streams = new Samples();
    streams.add("hosted server, 200 streams", await ask("hosted server", "streams", 200));
    return {
      rows: [...rows, ...others.rows("runs/s"), ...streams.rows("ms")],
      ratios: {
        ...ratios,
        // Other work on the machine only ever takes away from it.
        runsPerSecond: round(Math.max(...throughput)),
        crowdFailures: failed,
        crowdP99Ms: p99,
      },
      notes: [
        ...notes,
        `500 clients: ${served} served, ${refused} refused as documented, ${failed} failed; p50 ${p50} ms, p99 ${p99} ms`,
      ],
    };
  });
