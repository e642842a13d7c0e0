import { input, python } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */
/** @import { InstanceHost, Runtime } from "@wasmforge/python-runtime" */

// The benches know our packages through this file alone.

const limits = { memoryMb: 128 };
const maxPrintBytes = 1_000_000;
const pluginSource = `from platform_sdk import get_input, send_output
text = get_input()
${python}send_output(answer)
`;

/** @returns {Promise<Runtime>} */
async function createRuntime() {
  const { forgedRuntime } = await import("@wasmforge/python-runtime");
  return forgedRuntime();
}

/**
 * One instance, brought back to its first state after every run.
 * @returns {Promise<Subject>}
 */
export async function open({ warm = false } = {}) {
  const seat = await openSeat();
  if (warm) await seat.warmUp();
  /** @type {Seat[]} */
  const kept = [];

  return {
    async run() {
      const answer = await seat.run(pluginSource);
      await seat.reset();
      return answer;
    },
    async keep() {
      const another = await seat.openAnother();
      await another.run(pluginSource);
      kept.push(another);
    },
    async evaluate(source) {
      const answer = await seat.run(`${source}\nfrom platform_sdk import send_output\nsend_output(answer)\n`);
      await seat.reset();
      return answer;
    },
  };
}

/**
 * In a process that is ours, as a command line's or a process seat's is: then V8 may be told how to treat it.
 * @returns {Promise<Subject>}
 */
export async function openTuned() {
  const { tuneEngine } = await import("@wasmforge/python-runtime");
  tuneEngine();
  return open();
}

/**
 * As a seat that is kept ready: after `tuneEngine()`, and a quarter of a second of warming up.
 * @returns {Promise<Subject>}
 */
export async function openWarmed() {
  const { tuneEngine } = await import("@wasmforge/python-runtime");
  tuneEngine();
  return open({ warm: true });
}

/**
 * Only the way back to the first state; the run before it is not counted.
 * @returns {Promise<Subject>}
 */
export async function openRestore() {
  const seat = await openSeat();
  let answer = "";

  return {
    async prepare() {
      answer = await seat.run(pluginSource);
    },
    async run() {
      await seat.reset();
      return answer;
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSeat>>} Seat */

/** An instance, its door, and what the plugin sent through it. */
async function openSeat() {
  const runtime = await createRuntime();
  const artifact = await runtime.compile(limits);
  const accepted = new TextEncoder().encode('{"ok":null}');

  const openAnother = async () => {
    const decoder = new TextDecoder();
    let answer = "";
    let printed = "";
    /** @type {InstanceHost} */
    const host = {
      door(op, payload) {
        if (op === "send_output") answer = decoder.decode(payload);
        return accepted;
      },
      print(_stream, chunk) {
        printed += decoder.decode(chunk);
      },
    };
    let instance = await runtime.open(artifact, host);

    return {
      openAnother,
      /** @param {string} source */
      async run(source) {
        printed = "";
        const end = await instance.run({ source, fileName: "bench.py", input, maxPrintBytes });
        if (end.kind !== "completed")
          throw new Error(`the plugin ended badly: ${JSON.stringify(end)} ${printed}`);
        return answer;
      },
      async warmUp() {
        const { warmUp } = await import("@wasmforge/python-runtime");
        await warmUp(instance);
      },
      async reset() {
        if ((await instance.reset()) === "clean") return;
        instance.close();
        instance = await runtime.open(artifact, host);
      },
    };
  };

  return openAnother();
}
