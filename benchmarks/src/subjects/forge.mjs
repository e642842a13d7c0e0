import { createForge, echoProvider } from "@wasmforge/core";
import { input, python } from "../work/plugin.mjs";

/** @import { Forge, Outcome } from "@wasmforge/core" */
/** @import { Subject } from "../types.js" */

const plugin = {
  name: "bench",
  source: `from platform_sdk import get_input, send_output
text = get_input()
${python}send_output(answer)
`,
};
const calls = {
  name: "calls",
  source: `from time import perf_counter
from platform_sdk import call_ai, get_input, send_output
count = int(get_input())
for _ in range(count):
    call_ai("echo", "a short question")
started = perf_counter()
for _ in range(count):
    call_ai("echo", "a short question")
send_output((perf_counter() - started) / count * 1e6)
`,
};
const endless = { name: "endless", source: "while True:\n    pass\n" };

/** What waits at the same time when all seats shall be busy: enough that none ever waits for us. */
const inFlight = 16;
const loadMs = 3_000;

/**
 * A whole Forge as a host app has it: the plugin goes in on the main thread, the outcome comes out there.
 * @param {"thread" | "process"} seat
 * @returns {Promise<Subject>}
 */
export async function open(seat) {
  const forge = await createForge({
    seat,
    providers: [echoProvider()],
    policy: {
      models: ["echo"],
      maxCalls: 1_000_000,
      maxTokens: 1_000_000_000,
      maxCallsPerMinute: { plugin: 100_000_000, tenant: 100_000_000 },
    },
    limits: { callBytesTotal: 2 ** 30 },
    audit: { sink: { write() {} } },
  });
  const run = async () => outputOf(await forge.run(plugin, { input }));

  return {
    run,
    async measure(what, amount) {
      switch (what) {
        case "saturated":
          return [await saturate(run, amount)];
        case "at a load":
          return latenciesAt(run, amount);
        case "door":
          return [Number(outputOf(await forge.run(calls, { input: String(amount) })))];
        case "kill":
          return [await killAndRun(forge, run)];
        default:
          throw new Error(`there is no ${what} to measure`);
      }
    },
  };
}

/** @param {Outcome} outcome */
function outputOf(outcome) {
  if (outcome.status === "completed") return outcome.output;
  throw new Error(`the plugin ended badly: ${JSON.stringify(outcome)}`);
}

/**
 * Runs in a second when there is always one more to begin.
 * @param {() => Promise<unknown>} run
 * @param {number} forMs
 */
async function saturate(run, forMs) {
  const started = performance.now();
  const end = started + forMs;
  let runs = 0;
  const keepRunning = async () => {
    while (performance.now() < end) {
      await run();
      runs += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, keepRunning));
  return (runs / (performance.now() - started)) * 1_000;
}

/**
 * Runs that arrive evenly, whether or not the ones before are done. Each is timed from when it should have begun, so that
 * a slow one cannot hide those that it keeps waiting.
 * @param {() => Promise<unknown>} run
 * @param {number} perSecond
 */
async function latenciesAt(run, perSecond) {
  /** @type {number[]} */
  const latencies = [];
  const total = Math.ceil((perSecond * loadMs) / 1_000);
  const started = performance.now();
  const under = [];
  for (let begun = 0; begun < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * perSecond));
    for (; begun < due; begun += 1) {
      const at = started + (begun / perSecond) * 1_000;
      under.push(run().then(() => latencies.push(performance.now() - at)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(under);
  return latencies;
}

/**
 * From the word to stop an endless loop until the answer of the next plugin.
 * @param {Forge} forge
 * @param {() => Promise<unknown>} run
 */
async function killAndRun(forge, run) {
  const abort = new AbortController();
  const events = forge.stream(endless, { signal: abort.signal })[Symbol.asyncIterator]();
  await events.next();
  // Long enough to be deep in the loop, and for a spare to be there.
  await new Promise((resolve) => setTimeout(resolve, 600));
  const started = performance.now();
  abort.abort();
  const last = await events.next();
  if (last.value?.type !== "outcome" || last.value.outcome.status !== "stopped")
    throw new Error(`the loop was not stopped: ${JSON.stringify(last.value)}`);
  await run();
  return performance.now() - started;
}
