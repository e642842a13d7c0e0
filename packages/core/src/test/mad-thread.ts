import { setImmediate } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { SeatMailbox } from "@wasmforge/bridge/mailbox";
import type { ThreadSeatData } from "../platform/thread-line.js";
import { serveSeat } from "../seat/serve-seat.js";
import { madInstance } from "./mad-instance.js";

await serveSeat(new SeatMailbox((workerData as ThreadSeatData).memory), {
  open: async (host) => madInstance(host),
  warmUpMs: 0,
  letOthersRun: () => setImmediate(),
});
