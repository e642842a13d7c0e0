import { readdirSync } from "node:fs";
import { createForge, echoProvider } from "@wasmforge/core";
import { checkAnswer, expectedAnswer, input, python } from "../work/plugin.mjs";

/** @import { Outcome } from "@wasmforge/core" */
/** @import { Subject } from "../types.js" */

/**
 * @typedef {object} Visitor
 * @property {string} name
 * @property {string} source
 * @property {(outcome: Outcome) => boolean} asExpected
 */

/** What every plugin asks first: whether anybody was here before. Then it leaves its own trace. */
const trace = `import builtins, json, sys
if hasattr(builtins, "trace") or "trace" in json.__dict__ or "trace" in sys.modules:
    raise SystemExit("somebody was here")
builtins.trace = json.trace = sys.modules["trace"] = bytearray(1000)
from platform_sdk import call_ai, get_input, get_json, log, progress, send_output
`;

/**
 * @param {string} name
 * @param {string} body
 * @param {Visitor["asExpected"]} asExpected
 * @returns {Visitor}
 */
const visitor = (name, body, asExpected) => ({ name, source: `${trace}${body}\n`, asExpected });

/** @param {Outcome} outcome */
const failed = ({ status }) => status === "failed";
/** @param {readonly string[]} reasons */
const stopped =
  (...reasons) =>
  (/** @type {Outcome} */ outcome) =>
    outcome.status === "stopped" && reasons.includes(outcome.reason);
/** @param {string} output */
const completed = (output) => (/** @type {Outcome} */ outcome) =>
  outcome.status === "completed" && outcome.output === output;

/** @param {Outcome} outcome */
function answered(outcome) {
  checkAnswer(outcome.output);
  return outcome.status === "completed";
}

const ordinary = [
  visitor("answers", `text = get_input()\n${python}send_output(answer)`, answered),
  visitor("prints", "print('a line\\n' * 20)\nsend_output('x')", completed("x")),
  visitor("asks", "send_output(call_ai('echo', 'hello'))", completed("ECHO: hello")),
  visitor("raises", "{}['missing']", failed),
  visitor("ends itself", "sys.exit(3)", failed),
  visitor(
    "tells",
    "log('info', 'so far')\nprogress(0.5, 'half')\nsend_output(get_json()['customer'])",
    completed("Ada"),
  ),
  visitor("computes", "send_output(sum(i * i for i in range(2000)))", completed("2664667000")),
];

const hostile = [
  visitor("endless", "while True: pass", stopped("compute", "timeout")),
  visitor("takes all memory", "x = []\nwhile True: x.append(bytearray(1 << 20))", failed),
  visitor("floods", "while True: print('x' * 1000)", stopped("output")),
  visitor("aborts", "import os\nos.abort()", stopped("crashed")),
  visitor("recurses", "def f(): f()\nf()", failed),
  visitor("asks for too much", "while True: call_ai('echo', 'hello')", failed),
  visitor(
    "endless and deaf",
    "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    stopped("compute", "timeout"),
  ),
];

const inFlight = 6;
/** Among so many runs one is hostile. */
const hostileEvery = 100;

/**
 * A Forge that is visited by everybody, without rest.
 * @returns {Promise<Subject>}
 */
export async function open() {
  const forge = await createForge({
    providers: [echoProvider()],
    policy: { models: ["echo"], maxCallsPerMinute: { plugin: 1e9, tenant: 1e9 } },
    // Nobody but the endless shall run out of time, however busy the machine.
    limits: { computeMs: 60_000, wallTimeMs: 120_000, memoryMb: 32, printBytes: 100_000 },
    audit: { sink: { write() {} } },
  });
  let begun = 0;

  async function visit() {
    const number = begun++;
    const kind = number % hostileEvery === 0 ? hostile : ordinary;
    const turn = number % hostileEvery === 0 ? number / hostileEvery : number;
    const who = kind[turn % kind.length];
    if (who === undefined) throw new Error("nobody is there to visit");
    const outcome = await forge.run(who, {
      input,
      tenant: `tenant ${number % 50}`,
      ...(who.name.startsWith("endless") && { limits: { computeMs: 60 } }),
    });
    if (!who.asExpected(outcome)) {
      throw new Error(
        `run ${number}, which ${who.name}, ended otherwise: ${JSON.stringify(outcome).slice(0, 500)}`,
      );
    }
  }

  return {
    run: async () => expectedAnswer,
    async measure(what, amount) {
      switch (what) {
        case "runs": {
          const started = performance.now();
          const last = begun + amount;
          const visitAgain = async () => {
            while (begun < last) await visit();
          };
          await Promise.all(Array.from({ length: inFlight }, visitAgain));
          return [(amount / (performance.now() - started)) * 1_000];
        }
        case "resident":
          globalThis.gc?.();
          return [process.memoryUsage.rss() / 2 ** 20];
        case "descriptors":
          return [readdirSync("/proc/self/fd").length];
        case "threads":
          return [readdirSync("/proc/self/task").length];
        default:
          throw new Error(`there is no ${what} to measure`);
      }
    },
  };
}
