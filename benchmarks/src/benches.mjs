import { cold } from "./benches/cold.mjs";
import { cpu } from "./benches/cpu.mjs";
import { cpuCold } from "./benches/cpu-cold.mjs";
import { engine } from "./benches/engine.mjs";
import { memory } from "./benches/memory.mjs";

/** @import { Bench, Target } from "./types.js" */

/**
 * @typedef {object} Entry
 * @property {string} about
 * @property {Bench} run
 * @property {Readonly<Record<string, Target>>} targets
 */

/** @satisfies {Record<string, Entry>} */
export const benches = {
  engine: {
    about: "a fresh isolated run of a plugin that parses JSON and answers, warm, one thread",
    run: engine,
    targets: { pyodideSnapshotOverForged: { atLeast: 400 } },
  },
  cold: {
    about: "a whole process: start, first result, end",
    run: cold,
    targets: { forgedOverNode: { atMost: 2.2 } },
  },
  memory: {
    about: "resident memory of each extra live instance that has run the plugin",
    run: memory,
    targets: { forgedMb: { atMost: 6 } },
  },
  cpu: {
    about: "pure computing, warm, each call",
    run: cpu,
    targets: {
      geomeanOverPyodide: { atMost: 0.75 },
      geomeanOverNative: { atMost: 1.5 },
      worstOverPyodide: { atMost: 1 },
    },
  },
  "cpu-cold": {
    about: "the same calls, once each, in a process that has just started",
    run: cpuCold,
    targets: { geomeanOverPyodideCold: { atMost: 1 } },
  },
};

/** @typedef {keyof typeof benches} BenchName */

export const benchNames = /** @type {BenchName[]} */ (Object.keys(benches));

/**
 * @param {string} name
 * @returns {name is BenchName}
 */
export function isBenchName(name) {
  return Object.hasOwn(benches, name);
}
