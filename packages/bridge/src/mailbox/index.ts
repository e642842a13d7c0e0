/** Bytes between a host's event loop and a thread that blocks. These are the only files that use Atomics to wait. */
export { HostMailbox, type HostMailboxOptions } from "./host-mailbox.js";
export { createMailboxMemory, type Expected } from "./layout.js";
export { MailboxClosed, SeatMailbox, type SeatMailboxOptions } from "./seat-mailbox.js";
