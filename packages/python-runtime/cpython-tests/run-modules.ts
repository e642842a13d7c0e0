/** Runs test modules on a few threads. A thread that hangs or is lost costs only the module that it was running. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { forgedRuntime } from "../src/platform/runtimes.js";
import { expectationOf } from "./catalogue.js";
import { Listener, type Outcome } from "./outcome.js";
import type { SourceTree } from "./source-tree.js";
import type { Assignment, FromThread, ThreadData } from "./thread.js";

export interface RunModulesOptions {
  readonly modules: readonly string[];
  readonly sources: SourceTree;
  readonly jobs: number;
  readonly onOutcome: (outcome: Outcome) => void;
  /** The folder of an image. @default the one in this package */
  readonly image?: string | undefined;
  /** After which a module is stopped. @default 300,000 */
  readonly timeoutMs?: number;
}

/** Those that take longest, so that none of them is what everyone waits for at the end. */
const longest = ["test_hashlib", "test_math", "test_tokenize", "test_fstring", "test_compile", "test_pickle"];

const memoryMb = 1024;

/** What Node gives its main thread: guests meet their narrowest native stack there. V8 takes 192 KB off for itself. */
const stackSizeMb = (984 + 192) / 1024;

export async function runModules(options: RunModulesOptions): Promise<void> {
  const { modules, sources, jobs, onOutcome, image, timeoutMs = 300_000 } = options;
  const runtime = forgedRuntime(image === undefined ? {} : { image });
  const artifact = await runtime.compile({ memoryMb });
  const program = await readFile(path.join(import.meta.dirname, "run_module.py"), "utf8");
  const data: ThreadData = { artifact, sources, program };
  const queue = inGoodOrder(modules).map(toAssignment);

  const work = async () => {
    let thread: Worker | undefined;
    for (let next = queue.shift(); next; next = queue.shift()) {
      thread ??= startThread(data);
      const outcome = await runIn(thread, next, timeoutMs);
      if (outcome.broken) {
        await thread.terminate();
        thread = undefined;
      }
      onOutcome(outcome);
    }
    await thread?.terminate();
  };
  await Promise.all(Array.from({ length: jobs }, work));
}

function inGoodOrder(modules: readonly string[]): string[] {
  return [
    ...longest.filter((module) => modules.includes(module)),
    ...modules.filter((module) => !longest.includes(module)),
  ];
}

function toAssignment(module: string): Assignment {
  const { standIns = [], claims = [], leftOut = {} } = expectationOf(module);
  return { module, standIns, claims, leftOut: Object.values(leftOut).flat() };
}

function startThread(workerData: ThreadData): Worker {
  return new Worker(new URL("./start-thread.mjs", import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: { stackSizeMb },
  });
}

async function runIn(thread: Worker, assignment: Assignment, timeoutMs: number): Promise<Outcome> {
  const started = performance.now();
  const listener = new Listener();
  const over = new AbortController();
  const { signal } = over;
  const ended = new Promise<string | undefined>((resolve) => {
    const onMessage = (message: FromThread) => {
      if (message.type === "said") listener.hear(message.what, message.text);
      else if (message.type === "printed") listener.print(message.text);
      else resolve(message.broken);
    };
    thread.on("message", onMessage);
    signal.addEventListener("abort", () => thread.off("message", onMessage));
    const timer = setTimeout(() => resolve(`stopped after ${timeoutMs / 1000} s`), timeoutMs);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
  const lost = Promise.race([
    once(thread, "error", { signal }).then(([error]) => `the thread failed: ${error}`),
    once(thread, "exit", { signal }).then(([code]) => `the thread ended with code ${code}`),
  ]);
  thread.postMessage(assignment);
  const broken = await Promise.race([ended, lost]);
  over.abort();
  await lost.catch(() => {});
  return listener.toOutcome(assignment.module, (performance.now() - started) / 1000, broken);
}
