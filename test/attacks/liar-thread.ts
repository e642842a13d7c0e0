import { workerData } from "node:worker_threads";
import { MailboxClosed, SeatMailbox } from "../../packages/bridge/src/mailbox/index.js";
import type { ThreadSeatData } from "../../packages/core/src/platform/thread-line.js";
import { serveLies } from "./liar.js";

try {
  serveLies(new SeatMailbox((workerData as ThreadSeatData).memory), () => process.exit());
} catch (error) {
  if (!(error instanceof MailboxClosed)) throw error;
}
