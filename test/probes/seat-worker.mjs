/**
 * The thread of a seat: owns one instance, runs what it is given, and resets after it has answered.
 * Plain JavaScript on the built packages, because a thread starts without the loader that runs the harness.
 *
 * @import { MessagePort } from "node:worker_threads"
 * @import { Artifact } from "@wasmforge/python-runtime"
 * @import { DoorReply, FromWorker, ToWorker } from "./seat.js"
 */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";

const BUILT = new URL("../../packages/python-runtime/dist/index.js", import.meta.url).href;

/** @type {typeof import("@wasmforge/python-runtime")} */
const { forgedRuntime, StopRun, stockRuntime } = await import(BUILT);

/** @type {{ artifact: Artifact, replies: MessagePort, signal: Int32Array }} */
const { artifact, replies, signal } = workerData;

/** @param {FromWorker} message */
const post = (message) => parentPort?.postMessage(message);

/**
 * Blocks this thread until the main thread has put the reply into the port and touched the signal.
 *
 * @param {string} op
 * @param {Uint8Array} payload
 */
function door(op, payload) {
  Atomics.store(signal, 0, 0);
  post({ type: "call", op, payload });
  Atomics.wait(signal, 0, 0);
  /** @type {DoorReply} */
  const reply = receiveMessageOnPort(replies)?.message;
  if ("stop" in reply) throw new StopRun(reply.stop);
  return reply.bytes;
}

const runtime = artifact.runtime === "forged" ? forgedRuntime() : stockRuntime();
const instance = await runtime.open(artifact, {
  door,
  print: (stream, chunk) => post({ type: "print", stream, chunk }),
});
post({ type: "ready" });

parentPort?.on("message", async (/** @type {ToWorker} */ { request, timeoutMs }) => {
  try {
    const end = await instance.run({ ...request, deadline: performance.now() + timeoutMs });
    post({ type: "end", end, peakMemoryBytes: instance.usage().peakMemoryBytes });
    post({ type: "reset", result: await instance.reset() });
  } catch (error) {
    post({ type: "fault", message: error instanceof Error ? String(error.stack) : String(error) });
  }
});
