import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expectedAnswer } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */

const echo = `const { parentPort } = require("node:worker_threads");
parentPort.on("message", (message) => parentPort.postMessage(message));`;

/**
 * No sandbox at all: what a message to a thread and back costs, whatever runs there.
 * @returns {Promise<Subject>}
 */
export async function open() {
  const worker = startWorker();
  /** @type {Worker[]} */
  const kept = [];

  return {
    run: () => roundTrip(worker),
    async keep() {
      const another = startWorker();
      kept.push(another);
      await roundTrip(another);
    },
  };
}

function startWorker() {
  return new Worker(echo, { eval: true });
}

/**
 * @param {Worker} worker
 * @returns {Promise<string>}
 */
async function roundTrip(worker) {
  const reply = once(worker, "message");
  worker.postMessage(expectedAnswer);
  return (await reply)[0];
}
