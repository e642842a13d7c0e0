import { Worker } from "node:worker_threads";
import type { Driven } from "./course.js";
import type { Target } from "./target.js";
import { currentHeadBytes, type ThreadData, type ThreadMessage } from "./thread-data.js";

export interface WatchOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly isGuided: boolean;
}

export type Watched =
  | { readonly kind: "driven"; readonly driven: Driven }
  /** One input did not come to its end, or took more memory than there is. */
  | { readonly kind: "lost"; readonly inputs: number; readonly problem: string; readonly input: Uint8Array }
  /** The target could not be opened. */
  | { readonly kind: "failed"; readonly problem: string };

const mostInputBytes = 2 << 20;
const lookMs = 1_000;
/** So often in a row nothing moved. Counted, not measured: a machine that was asleep is no hang. */
const looksUntilHung = 30;
const heapMb = 2_048;

export async function driveWatched(target: Target, options: WatchOptions): Promise<Watched> {
  const current = new SharedArrayBuffer(currentHeadBytes + mostInputBytes);
  const head = new Int32Array(current, 0, 2);
  const workerData: ThreadData = { target: target.name, ...options, current };
  const thread = new Worker(new URL("start-thread.mjs", import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Watched>((resolve) => {
      const lose = (problem: string) => {
        const input = new Uint8Array(current, currentHeadBytes).slice(0, Atomics.load(head, 1));
        resolve({ kind: "lost", inputs: Atomics.load(head, 0), problem, input });
      };
      thread.once("message", (message: ThreadMessage) =>
        resolve(
          "driven" in message
            ? { kind: "driven", driven: message.driven }
            : { kind: "failed", problem: message.failed },
        ),
      );
      thread.once("error", (error) => lose(`the thread failed: ${error.message}`));
      thread.once("exit", (code) => lose(`the thread ended with ${code}`));
      let [last, looks] = [-1, 0];
      timer = setInterval(() => {
        const inputs = Atomics.load(head, 0);
        looks = inputs === last && inputs > 0 ? looks + 1 : 0;
        last = inputs;
        if (looks >= looksUntilHung) lose(`it had not ended after ${looksUntilHung} s`);
      }, lookMs);
    });
  } finally {
    clearInterval(timer);
    await thread.terminate();
  }
}
