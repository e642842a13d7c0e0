import { cold } from "./benches/cold.mjs";
import { cpu } from "./benches/cpu.mjs";
import { cpuCold } from "./benches/cpu-cold.mjs";
import { door } from "./benches/door.mjs";
import { engine } from "./benches/engine.mjs";
import { forge } from "./benches/forge.mjs";
import { kill } from "./benches/kill.mjs";
import { memory } from "./benches/memory.mjs";
import { models } from "./benches/models.mjs";
import { server } from "./benches/server.mjs";
import { sessions } from "./benches/sessions.mjs";
import { soak } from "./benches/soak.mjs";

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
  forge: {
    about: "forge.run from a host's main thread: alone, with both cores busy, and at 70 % of that",
    run: forge,
    targets: {
      runOverWorkerEcho: { atMost: 4 },
      runsPerSecond: { atLeast: 3_000 },
      p99OverP50: { atMost: 10 },
      processRunOverThread: { atMost: 3 },
    },
  },
  door: {
    about: "one call of the guest, out through the gate and back, policy and audit on",
    run: door,
    targets: { roundTripUs: { atMost: 40 } },
  },
  kill: {
    about: "an endless loop stopped, and the next plugin answered",
    run: kill,
    targets: { killToReadyMs: { atMost: 10 } },
  },
  models: {
    about: "a plugin's call of a model over HTTP beside a bare fetch, and a crowd on a slow model",
    run: models,
    targets: {
      overRawFetch: { atMost: 1.5 },
      tokensPerSecondOverRaw: { atLeast: 0.7 },
      eventLoopDelayP99Ms: { atMost: 20 },
      quietTenantsShare: { atLeast: 0.8 },
      crowdHeapMb: { atMost: 100 },
    },
  },
  server: {
    about: "a trivial plugin over HTTP beside a bare Express handler, 500 clients, 200 streams",
    run: server,
    targets: {
      runOverBareExpressP50: { atMost: 3 },
      runsPerSecond: { atLeast: 800 },
      crowdFailures: { atMost: 0 },
    },
  },
  sessions: {
    about: "sessions that sleep as bytes and are woken for a run",
    run: sessions,
    targets: { asleepKb: { atMost: 500 }, wakeMs: { atMost: 1 } },
  },
  soak: {
    about: "a million runs, one in a hundred hostile: what grows (takes half an hour)",
    run: soak,
    targets: {
      runs: { atLeast: 1_000_000 },
      residentGrowthMb: { atMost: 16 },
      descriptorGrowth: { atMost: 0 },
      threadGrowth: { atMost: 0 },
    },
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
