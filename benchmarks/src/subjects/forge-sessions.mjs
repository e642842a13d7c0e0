import { createForge } from "@wasmforge/core";
import { expectedAnswer } from "../work/plugin.mjs";

/** @import { Outcome, RunEvent } from "@wasmforge/core" */
/** @import { Subject } from "../types.js" */

const owner = "bench";
const first = {
  name: "first",
  source: `import json, re
orders = [{"name": f"item {n}", "cents": 100 + n} for n in range(200)]
words = re.findall(r"\\w+", "a session of an ordinary size " * 20)
def total():
    return sum(order["cents"] for order in orders)
`,
};
const next = {
  name: "next",
  source: "from platform_sdk import send_output\nsend_output(total())\n",
};
const fresh = {
  name: "fresh",
  source: "from platform_sdk import send_output\nsend_output(20000 + 19900)\n",
};

/**
 * Sessions that sleep as bytes and are woken for one run.
 * @returns {Promise<Subject>}
 */
export async function open() {
  const forge = await createForge({ sessionKey: new Uint8Array(32).fill(7) });
  const asleep = await sleeping();
  /** @type {Uint8Array[]} */
  const held = [];

  async function sleeping() {
    const session = forge.session({ owner });
    completed(await session.run(first));
    return session.sleep();
  }

  return {
    run: async () => expectedAnswer,
    async measure(what, amount) {
      switch (what) {
        case "asleep":
          return [asleep.byteLength / 1024];
        case "fresh run":
          return repeat(amount, () => firstOutput(forge.stream(fresh)));
        case "wake and run":
          return repeat(amount, async () => {
            const session = await forge.wake(asleep, { owner });
            return firstOutput(session.stream(next));
          });
        case "hold": {
          const before = residentMb();
          for (let made = 0; made < amount; made += 1) held.push(await sleeping());
          return [residentMb() - before];
        }
        default:
          throw new Error(`there is no ${what} to measure`);
      }
    },
  };
}

/**
 * @param {number} times
 * @param {() => Promise<number>} act resolves to when it was answered
 */
async function repeat(times, act) {
  const samples = [];
  for (let done = 0; done < times; done += 1) {
    const started = performance.now();
    samples.push((await act()) - started);
  }
  return samples;
}

/**
 * When the plugin's answer came. What is done after it, such as putting a session away, is nobody's waiting time.
 * @param {AsyncIterable<RunEvent>} events
 */
async function firstOutput(events) {
  let at = 0;
  for await (const event of events) {
    if (event.type === "output") at = performance.now();
    if (event.type === "outcome" && completed(event.outcome).output !== "39900") {
      throw new Error(`the session forgot: ${JSON.stringify(event.outcome)}`);
    }
  }
  return at;
}

/** @param {Outcome} outcome */
function completed(outcome) {
  if (outcome.status === "completed") return outcome;
  throw new Error(`the plugin ended badly: ${JSON.stringify(outcome)}`);
}

function residentMb() {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}
