import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RunClock } from "./run-clock.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function start(wallTimeMs: number, computeMs: number) {
  const onOver = vi.fn();
  return { clock: new RunClock({ wallTimeMs, computeMs }, onOver), onOver };
}

const pass = (ms: number) => vi.advanceTimersByTime(ms);

describe("a run's clock", () => {
  it("says when the wall time is over, a moment after a guest that sleeps would have ended", () => {
    const { onOver } = start(100, 1000);
    pass(119);
    expect(onOver).not.toHaveBeenCalled();
    pass(1);
    expect(onOver.mock.calls).toEqual([["timeout"]]);
  });

  it("says when the compute time is over", () => {
    const { onOver } = start(1000, 100);
    pass(100);
    expect(onOver.mock.calls).toEqual([["compute"]]);
  });

  it("does not count waiting as computing", () => {
    const { clock, onOver } = start(10_000, 100);
    for (let turn = 0; turn < 9; turn++) {
      pass(10);
      clock.wait();
      pass(500);
      clock.goOn();
    }
    expect([clock.wallMs, clock.waitMs]).toEqual([4590, 4500]);
    pass(9);
    expect(onOver).not.toHaveBeenCalled();
    pass(1);
    expect(onOver.mock.calls).toEqual([["compute"]]);
  });

  it("counts waiting as wall time", () => {
    const { clock, onOver } = start(300, 100);
    clock.wait();
    pass(319);
    expect(onOver).not.toHaveBeenCalled();
    expect(clock.isWaiting).toBe(true);
    pass(1);
    expect(onOver.mock.calls).toEqual([["timeout"]]);
  });

  it("is not asked again and again while a guest waits with little time left", () => {
    const { clock } = start(60_000, 10);
    pass(9);
    clock.wait();
    const timer = vi.spyOn(globalThis, "setTimeout");
    pass(50_000);
    expect(timer.mock.calls.length).toBeLessThan(3);
    clock.goOn();
    clock.stop();
    timer.mockRestore();
  });

  it("lets a host that was busy itself read first what has come", () => {
    const { clock, onOver } = start(100, 1000);
    const now = performance.now();
    // The timer comes late.
    vi.spyOn(performance, "now").mockImplementation(() => now + 500);
    vi.advanceTimersToNextTimer();
    expect(onOver).not.toHaveBeenCalled();
    vi.advanceTimersToNextTimer();
    expect(onOver.mock.calls).toEqual([["timeout"]]);
    vi.mocked(performance.now).mockRestore();
    clock.stop();
  });

  it("does not wait for a host that is busy without end", () => {
    const { onOver } = start(100, 1000);
    let now = performance.now();
    // Every turn of the host's takes its time.
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 1000;
      return now;
    });
    for (let turn = 0; turn < 10 && vi.getTimerCount() > 0; turn++) vi.advanceTimersToNextTimer();
    expect(onOver.mock.calls).toEqual([["timeout"]]);
    vi.mocked(performance.now).mockRestore();
  });

  it("says nothing once it is stopped", () => {
    const { clock, onOver } = start(100, 100);
    clock.stop();
    pass(1000);
    expect(onOver).not.toHaveBeenCalled();
  });

  it("takes times that no timer can be set to", () => {
    const { clock, onOver } = start(2 ** 40, 2 ** 40);
    pass(2 ** 32);
    expect(onOver).not.toHaveBeenCalled();
    clock.stop();
  });
});
