/** Time, as far as a provider needs it. Tests bring one that they move by hand. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Calls once, that much later; what it returns takes that back. */
  after(delayMs: number, call: () => void): () => void;
}

/** Longer ones overflow, and would be called at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, Math.min(Math.max(delayMs, 0), longestTimerMs));
    return () => clearTimeout(timer);
  },
};
