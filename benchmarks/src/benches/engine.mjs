import { interleave, withSubjects } from "../rounds.mjs";
import { ratioOfMedians, Samples } from "../samples.mjs";

/** @import { SubjectName } from "../subjects.mjs" */
/** @import { Bench } from "../types.js" */

/** @satisfies {SubjectName[]} */
const names = /** @type {const} */ ([
  "forged",
  "forged restore only",
  "pyodide fresh",
  "pyodide snapshot",
  "monty",
  "quickjs context",
  "node:wasi stock",
  "worker echo",
  "python3 subprocess",
]);

/**
 * A fresh isolated run of the plugin in a process that is already warm.
 * @type {Bench}
 */
export const engine = (context) =>
  withSubjects(names, context, async (clients, notes) => {
    const samples = new Samples();
    const rounds = context.quick ? 1 : 8;

    for (const [name, client] of clients) {
      context.progress(`warming ${name}`);
      await client.ask({ kind: "time", forMs: context.quick ? 50 : 1000, atLeast: 1 });
    }
    await interleave([...clients.keys()], rounds, async (name, round) => {
      context.progress(`round ${round + 1} of ${rounds}: ${name}`);
      const times = await clients
        .get(name)
        ?.ask({ kind: "time", forMs: context.quick ? 50 : 300, atLeast: 1 });
      samples.add(name, times ?? []);
    });

    const rows = samples.rows("ms");
    return {
      rows,
      ratios: ratioOfMedians("pyodideSnapshotOverForged", rows, "pyodide snapshot", "forged"),
      notes,
    };
  });
