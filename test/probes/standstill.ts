/** Whether this process stood still: stopped by a signal, asleep with its machine, or starved of its processors. */
const LOOK_MS = 50;
const STANDSTILL_MS = 500;

export interface StandstillWatch extends Disposable {
  /** Since the watch began. */
  hasStoodStill(): boolean;
}

/** Host code that blocks looks the same: a complaint that comes again and again is none of the machine's. */
export function watchStandstill(now: () => number = () => performance.now()): StandstillWatch {
  let last = now();
  let longest = 0;
  const look = () => {
    const time = now();
    longest = Math.max(longest, time - last);
    last = time;
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    hasStoodStill() {
      look();
      return longest > STANDSTILL_MS;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
