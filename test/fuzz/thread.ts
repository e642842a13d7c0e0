/** Where a target is fuzzed, so that an input which never ends, or takes all memory, ends no more than this. */
import { parentPort, workerData } from "node:worker_threads";
import { readCache, readCases } from "./corpus.js";
import { startCoverage } from "./coverage.js";
import { drive } from "./drive.js";
import { currentHeadBytes, type ThreadData, type ThreadMessage } from "./thread-data.js";

const { target: name, seed, seconds, isGuided, current } = workerData as ThreadData;
const head = new Int32Array(current, 0, 2);
const room = new Uint8Array(current, currentHeadBytes);

const coverage = isGuided ? startCoverage() : undefined;

try {
  // After that: only what is compiled from then on is counted.
  const { findTarget } = await import("./targets.js");
  const target = findTarget(name);
  const kept = [...readCases(target).map(({ input }) => input), ...readCache(target)];
  const driven = await drive(target, {
    seed,
    seconds,
    coverage,
    kept: target.kind === "bytes" ? kept : [],
    onInput(input) {
      const bytes = input.subarray(0, room.length);
      room.set(bytes);
      head[1] = bytes.length;
      Atomics.add(head, 0, 1);
    },
  });
  parentPort?.postMessage({ driven } satisfies ThreadMessage);
} catch (error) {
  const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parentPort?.postMessage({ failed } satisfies ThreadMessage);
}
