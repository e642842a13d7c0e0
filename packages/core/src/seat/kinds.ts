/** What a host says to a seat. */
export const toSeat = {
  /** How to make the instance. Only to processes; threads are born knowing it. */
  setup: 1,
  run: 2,
  /** The reply to the call that the guest waits for. */
  reply: 3,
  /** The guest, which waits for a reply, shall not get one: its run is over. */
  stop: 4,
} as const;

/** What a seat says to its host. */
export const fromSeat = {
  /** The instance is in its first state and waits for a run. */
  ready: 16,
  stdout: 17,
  stderr: 18,
  /** The guest asks something, and waits. */
  call: 19,
  /**
   * What the guest sends out, as long as the seat's allowance reaches. It does not wait: nothing is said to it but, if need
   * be, that its run is over.
   */
  output: 24,
  /** The run is over; the instance is being brought back to its first state. */
  end: 20,
  /** The instance is not worth bringing back. The seat ends. */
  spent: 21,
  /** The runtime failed. The seat ends. */
  fault: 22,
  /** The session's state cannot be gone on from, so nothing was run. What comes next is as after an end. */
  refused: 23,
} as const;

const mb = 1 << 20;

/** A guest's call may carry 32 MB, see python-runtime; its name is at most 1 KB of what may be no UTF-8. */
export const maxCallBytes = 32 * mb;
export const maxOpBytes = 4096;
/** Larger outputs are calls like all others, as are those beyond the allowance: not many shall lie in the host's memory. */
export const maxOutputBytes = 64 * 1024;
export const maxPrintFrameBytes = 64 * 1024;
/** What CPython says about an exception is bounded by the runtime; this is four times that as JSON. */
export const maxEndHeadBytes = 512 * 1024;
export const maxMessageBytes = 8192;
/** Far above what anybody means to answer. A seat's memory is bounded, so a host is told before it kills its seat. */
export const maxReplyBytes = 256 * mb;
