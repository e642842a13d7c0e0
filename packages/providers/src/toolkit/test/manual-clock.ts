import type { Clock } from "../clock.js";

export interface ManualClock extends Clock {
  /** Moves time, and calls what is due on the way. */
  advance(ms: number): void;
  /** Calls what is due next, as if it were time. */
  fireNext(): void;
  /** How far time goes on each time that somebody looks at it. */
  driftOnRead: number;
  /** Timers that nobody took back. */
  pending(): number;
}

export function createManualClock(): ManualClock {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  const clock: ManualClock = {
    driftOnRead: 0,
    now: () => {
      now += clock.driftOnRead;
      return now;
    },
    after: (delayMs, call) => {
      const timer = { at: now + delayMs, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      const until = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) {
          break;
        }
        timers.delete(next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = until;
    },
    fireNext: () => {
      const [next] = [...timers].sort((a, b) => a.at - b.at);
      if (next !== undefined) {
        timers.delete(next);
        next.call();
      }
    },
    pending: () => timers.size,
  };
  return clock;
}
