/**
 * Fails a test that leaves something behind: a thread, a process, a pipe, a timer, a listener on `process`. Call
 * `leavesNothing()` once in a test file; where its tests share what comes and goes, such as a pool, for the whole file.
 */
import { createHook } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

export function leavesNothing({ after = "test" }: { readonly after?: "test" | "file" } = {}): void {
  const living = new Map<unknown, string>();
  let before = new Set<unknown>();
  let listenersBefore: Record<string, number> = {};

  const onWorker = (worker: Worker) => {
    living.set(worker, `thread ${worker.threadId}`);
    worker.once("exit", () => living.delete(worker));
  };
  const onChild = (message: unknown) => {
    const { process: child } = message as { readonly process: ChildProcess };
    living.set(child, `process ${child.spawnfile}`);
    child.once("close", () => living.delete(child));
  };
  const resources = createHook({
    init(id, type) {
      if (type !== "Timeout" && type !== "PIPEWRAP") return;
      const place = ourPlace();
      if (place) living.set(id, `${type} made at ${place}`);
    },
    destroy: (id) => void living.delete(id),
  });

  const begin = () => {
    before = new Set(living.keys());
    listenersBefore = listeners();
  };
  const check = async () => {
    // What has ended is told of in a turn of its own.
    await setImmediate();
    await setImmediate();
    const left = [...living].filter(([thing]) => !before.has(thing)).map(([, name]) => name);
    expect(left, "what was left behind").toEqual([]);
    expect(listeners(), "listeners on process").toEqual(listenersBefore);
  };

  beforeAll(() => {
    process.on("worker", onWorker);
    subscribe("child_process", onChild);
    resources.enable();
    begin();
  });
  afterAll(async () => {
    if (after === "file") await check();
    resources.disable();
    process.off("worker", onWorker);
    unsubscribe("child_process", onChild);
  });
  if (after === "test") {
    beforeEach(begin);
    afterEach(check);
  }
}

function listeners(): Record<string, number> {
  return Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)]));
}

/** The line of our own that is responsible, if it is not the test runner's. */
function ourPlace(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const lines = (new Error().stack ?? "").split("\n").slice(2);
  Error.stackTraceLimit = limit;
  return lines.find((line) => line.includes("/packages/") && !line.includes("leaves-nothing"))?.trim();
}
