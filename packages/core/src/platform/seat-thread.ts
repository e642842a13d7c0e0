/** What runs in a thread that is a seat. */
import { setImmediate } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { MailboxClosed, SeatMailbox } from "@wasmforge/bridge/mailbox";
import { forgedRuntime, stockRuntime } from "@wasmforge/python-runtime";
import { serveSeat } from "../seat/serve-seat.js";
import type { ThreadSeatData } from "./thread-line.js";

const { memory, artifact, warmUpMs, lookingMs } = workerData as ThreadSeatData;
const runtime = artifact.runtime === "forged" ? forgedRuntime() : stockRuntime();

try {
  await serveSeat(new SeatMailbox(memory, { lookingMs }), {
    open: (host) => runtime.open(artifact, host),
    warmUpMs,
    letOthersRun: () => setImmediate(),
  });
} catch (error) {
  if (!(error instanceof MailboxClosed)) throw error;
}
