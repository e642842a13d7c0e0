import { describe, expect, it } from "vitest";
import { ClockId } from "../abi.js";
import { Errno } from "../errno.js";
import { RESULT, TestGuest } from "../test/test-guest.js";

const { REALTIME, MONOTONIC, PROCESS_CPUTIME, THREAD_CPUTIME } = ClockId;
const SECOND = 1_000_000_000n;

function time(guest: TestGuest, id: number): bigint {
  expect(guest.call.clock_time_get(id, 0n, RESULT)).toBe(Errno.SUCCESS);
  return guest.u64();
}

describe("live clocks", () => {
  it("tell the platform's wall-clock time", () => {
    const guest = new TestGuest();
    expect(time(guest, REALTIME)).toBe(guest.powers.nowNs);
  });

  it("say nothing of how long the platform has been up", () => {
    const guest = new TestGuest();
    expect(time(guest, MONOTONIC)).toBe(SECOND);
    guest.powers.monotonicNs += 3n * SECOND;
    expect(time(guest, MONOTONIC)).toBe(4n * SECOND);
    guest.begin();
    expect(time(guest, MONOTONIC)).toBe(SECOND);
  });

  it("count CPU time from the run's beginning, without what was slept, and never as zero", () => {
    const guest = new TestGuest();
    expect(time(guest, PROCESS_CPUTIME)).toBe(1n);
    guest.powers.monotonicNs += 250n;
    sleep(guest, SECOND);
    expect(time(guest, PROCESS_CPUTIME)).toBe(250n);
    expect(time(guest, THREAD_CPUTIME)).toBe(250n);
  });

  it("are never zero, whatever the platform says", () => {
    const guest = new TestGuest();
    guest.powers.nowNs = 0n;
    expect(time(guest, REALTIME)).toBe(1n);
  });
});

describe("a fixed clock", () => {
  const start = 1_700_000_000_000;

  it("starts where it was told to and moves by a microsecond per reading", () => {
    const guest = new TestGuest({ clock: { nowMs: start } });
    expect(time(guest, REALTIME)).toBe(BigInt(start) * 1_000_000n + 1_000n);
    expect(time(guest, MONOTONIC)).toBe(SECOND + 2_000n);
    expect(time(guest, PROCESS_CPUTIME)).toBe(3_000n);
  });

  it("never goes back, however long the guest sleeps and however often", () => {
    const guest = new TestGuest({ clock: { nowMs: start } });
    let before = time(guest, MONOTONIC);
    for (let turn = 0; turn < 10; turn++) {
      sleep(guest, 3n << 62n);
      const now = time(guest, MONOTONIC);
      expect(now).toBeGreaterThan(before);
      before = now;
      guest.begin({ clock: { nowMs: start }, carried: guest.wasi.end() });
    }
    expect(time(guest, PROCESS_CPUTIME)).toBeLessThan(SECOND);
  });

  it("tells the same in every run", () => {
    const guest = new TestGuest();
    const readings = () => {
      guest.begin({ clock: { nowMs: start } });
      const before = time(guest, REALTIME);
      sleep(guest, 5n * SECOND);
      guest.powers.monotonicNs += 77n;
      return [before, time(guest, REALTIME), time(guest, MONOTONIC), time(guest, THREAD_CPUTIME)];
    };
    expect(readings()).toEqual(readings());
  });

  it("moves by what is slept, and sleeps in no time", () => {
    const guest = new TestGuest({ clock: { nowMs: start } });
    const before = time(guest, MONOTONIC);
    sleep(guest, 3_600n * SECOND);
    expect(time(guest, MONOTONIC) - before).toBeGreaterThanOrEqual(3_600n * SECOND);
    expect(time(guest, PROCESS_CPUTIME)).toBeLessThan(SECOND);
    expect(guest.powers.sleeps).toEqual([]);
  });

  it("can start at nothing", () => {
    const guest = new TestGuest({ clock: { nowMs: 0 }, carried: { uptimeNs: 0n, cpuNs: 0n, lost: [] } });
    expect(time(guest, MONOTONIC)).toBe(1_000n);
    expect(time(guest, REALTIME)).toBe(2_000n);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("cannot start at %s", (nowMs) => {
    expect(() => new TestGuest({ clock: { nowMs } })).toThrow(TypeError);
  });
});

describe.each([
  ["live", "live" as const],
  ["fixed", { nowMs: 1 }],
])("clocks that are %s", (_, clock) => {
  it("go on where another run left off, without the time in between", () => {
    const guest = new TestGuest({ clock });
    guest.powers.monotonicNs += 3n * SECOND;
    sleep(guest, 5n * SECOND);
    const [uptime, cpu] = [time(guest, MONOTONIC), time(guest, PROCESS_CPUTIME)];
    const carried = guest.wasi.end();
    guest.powers.monotonicNs += 1_000n * SECOND;
    guest.begin({ clock, carried });
    expect(time(guest, MONOTONIC) - uptime).toBeLessThan(SECOND);
    expect(time(guest, MONOTONIC)).toBeGreaterThanOrEqual(uptime);
    expect(time(guest, PROCESS_CPUTIME) - cpu).toBeLessThan(SECOND);
    expect(time(guest, PROCESS_CPUTIME)).toBeGreaterThanOrEqual(cpu);
  });

  it("begin anew in a run that nothing was carried to", () => {
    const guest = new TestGuest({ clock });
    const first = time(guest, MONOTONIC);
    sleep(guest, 5n * SECOND);
    guest.begin({ clock });
    expect(time(guest, MONOTONIC)).toBeLessThanOrEqual(first);
  });

  it("have a resolution that is not zero", () => {
    const guest = new TestGuest({ clock });
    for (const id of Object.values(ClockId)) {
      expect(guest.call.clock_res_get(id, RESULT)).toBe(Errno.SUCCESS);
      expect(guest.u64()).toBeGreaterThan(0n);
    }
  });

  it.each([4, -1, 0x7fff_ffff])("are four: %i is none", (id) => {
    const guest = new TestGuest({ clock });
    expect(guest.call.clock_time_get(id, 0n, RESULT)).toBe(Errno.INVAL);
    expect(guest.call.clock_res_get(id, RESULT)).toBe(Errno.INVAL);
  });
});

function sleep(guest: TestGuest, nanoseconds: bigint): void {
  const at = guest.room(48);
  const to = guest.room(32);
  guest.bytes(at, 48).fill(0);
  guest.view().setUint32(at + 16, MONOTONIC, true);
  guest.view().setBigUint64(at + 24, nanoseconds, true);
  expect(guest.call.poll_oneoff(at, to, 1, RESULT)).toBe(Errno.SUCCESS);
}
