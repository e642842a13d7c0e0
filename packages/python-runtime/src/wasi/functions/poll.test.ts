import { describe, expect, it } from "vitest";
import { StopRun } from "../../port.js";
import { ClockId, EventType } from "../abi.js";
import { Errno } from "../errno.js";
import { PAGE, READING, RESULT, TestGuest } from "../test/test-guest.js";

const SECOND = 1_000_000_000n;

type Subscription =
  | { clock: number; time: bigint; absolute?: boolean }
  | { read: number }
  | { write: number }
  | { type: number };

function poll(guest: TestGuest, subscriptions: readonly Subscription[]) {
  const from = guest.room(subscriptions.length * 48);
  const to = guest.room(subscriptions.length * 32);
  const view = guest.view();
  for (const [i, subscription] of subscriptions.entries()) {
    const at = from + i * 48;
    guest.bytes(at, 48).fill(0);
    view.setBigUint64(at, BigInt(100 + i), true);
    if ("clock" in subscription) {
      view.setUint32(at + 16, subscription.clock, true);
      view.setBigUint64(at + 24, subscription.time, true);
      view.setUint16(at + 40, subscription.absolute === true ? 1 : 0, true);
    } else if ("type" in subscription) {
      view.setUint8(at + 8, subscription.type);
    } else {
      view.setUint8(at + 8, "read" in subscription ? EventType.FD_READ : EventType.FD_WRITE);
      view.setUint32(at + 16, "read" in subscription ? subscription.read : subscription.write, true);
    }
  }
  const errno = guest.call.poll_oneoff(from, to, subscriptions.length, RESULT);
  if (errno !== 0) return { errno, events: [] };
  const events = Array.from({ length: guest.u32() }, (_, i) => {
    const at = to + i * 32;
    return {
      which: Number(view.getBigUint64(at, true)) - 100,
      errno: view.getUint16(at + 8, true),
      type: view.getUint8(at + 10),
      bytes: Number(view.getBigUint64(at + 16, true)),
      hangup: view.getUint16(at + 24, true) === 1,
    };
  });
  return { errno, events };
}

const whichOf = (result: { events: { which: number }[] }) => result.events.map(({ which }) => which);
const clock = (time: bigint, absolute = false): Subscription => ({
  clock: ClockId.MONOTONIC,
  time,
  absolute,
});

describe("sleeping", () => {
  it("hands the whole time to the platform at once", () => {
    const guest = new TestGuest();
    expect(poll(guest, [clock(SECOND / 2n)])).toEqual({
      errno: Errno.SUCCESS,
      events: [{ which: 0, errno: Errno.SUCCESS, type: EventType.CLOCK, bytes: 0, hangup: false }],
    });
    expect(guest.powers.sleeps).toEqual([500]);
  });

  it("goes on where the platform wakes early", () => {
    const guest = new TestGuest();
    guest.powers.sleepFactor = 0.5;
    const before = guest.powers.monotonicNs;
    poll(guest, [clock(1_000n)]);
    expect(guest.powers.monotonicNs - before).toBeGreaterThanOrEqual(1_000n);
    expect(guest.powers.sleeps.length).toBeGreaterThan(1);
  });

  it("ends at the earliest of several clocks, and tells of all that are due then", () => {
    const guest = new TestGuest();
    expect(
      whichOf(poll(guest, [clock(3n * SECOND), clock(SECOND), clock(2n * SECOND), clock(SECOND)])),
    ).toEqual([1, 3]);
    expect(guest.powers.sleeps).toEqual([1_000]);
  });

  it("until a point in time takes what is left of it", () => {
    const guest = new TestGuest();
    const realtime = guest.powers.nowNs + SECOND / 4n;
    poll(guest, [{ clock: ClockId.REALTIME, time: realtime, absolute: true }]);
    // The guest's monotonic clock starts at one second.
    poll(guest, [clock(2n * SECOND, true)]);
    expect(guest.powers.sleeps).toEqual([250, 750]);
  });

  it("until a point in time that has passed takes none", () => {
    const guest = new TestGuest();
    expect(whichOf(poll(guest, [clock(1n, true), clock(0n)]))).toEqual([0, 1]);
    expect(guest.powers.sleeps).toEqual([]);
  });

  it("for centuries is taken in steps, and ends at the deadline", () => {
    const guest = new TestGuest();
    guest.begin({ deadline: Number(guest.powers.monotonicNs) / 1e6 + 150_000 });
    expect(() => poll(guest, [clock(0xffff_ffff_ffff_ffffn)])).toThrow(new StopRun("timeout"));
    expect(guest.powers.sleeps).toEqual([60_000, 60_000, 30_000]);
  });

  it("for no time at all ends a run that is past its deadline", () => {
    const guest = new TestGuest();
    guest.begin({ deadline: Number(guest.powers.monotonicNs) / 1e6 + 1 });
    expect(poll(guest, [clock(0n)]).errno).toBe(Errno.SUCCESS);
    guest.powers.monotonicNs += 2_000_000n;
    expect(() => poll(guest, [clock(0n)])).toThrow(StopRun);
  });

  it("by a fixed clock ends a run that is past its real deadline", () => {
    const guest = new TestGuest();
    guest.begin({ clock: { nowMs: 0 }, deadline: Number(guest.powers.monotonicNs) / 1e6 + 1 });
    expect(poll(guest, [clock(SECOND)]).errno).toBe(Errno.SUCCESS);
    guest.powers.monotonicNs += 2_000_000n;
    expect(() => poll(guest, [clock(SECOND)])).toThrow(StopRun);
  });

  it("lets whatever the platform throws through", () => {
    const guest = new TestGuest();
    const aborted = new StopRun("aborted");
    guest.powers.sleep = () => {
      throw aborted;
    };
    expect(() => poll(guest, [clock(1n)])).toThrow(aborted);
  });

  it("takes no deadline that is not a number", () => {
    expect(() => new TestGuest({ deadline: Number.NaN })).toThrow(TypeError);
  });

  it.each([ClockId.PROCESS_CPUTIME, ClockId.THREAD_CPUTIME])("on CPU clock %i is not supported", (id) => {
    const { events } = poll(new TestGuest(), [{ clock: id, time: SECOND }]);
    expect(events).toEqual([expect.objectContaining({ errno: Errno.NOTSUP })]);
  });

  it("on a clock that there is none of is an error of that subscription alone", () => {
    const { errno, events } = poll(new TestGuest(), [{ clock: 9, time: SECOND }, clock(SECOND)]);
    expect(errno).toBe(Errno.SUCCESS);
    expect(events).toEqual([expect.objectContaining({ which: 0, errno: Errno.INVAL })]);
  });
});

describe("waiting for descriptors", () => {
  it("finds the standard streams ready, the input at its end, without sleeping", () => {
    const guest = new TestGuest();
    const { events } = poll(guest, [clock(SECOND), { read: 0 }, { write: 1 }, { write: 2 }]);
    expect(events).toEqual([
      { which: 1, errno: Errno.SUCCESS, type: EventType.FD_READ, bytes: 0, hangup: true },
      { which: 2, errno: Errno.SUCCESS, type: EventType.FD_WRITE, bytes: PAGE, hangup: false },
      { which: 3, errno: Errno.SUCCESS, type: EventType.FD_WRITE, bytes: PAGE, hangup: false },
    ]);
    expect(guest.powers.sleeps).toEqual([]);
  });

  it("finds a file ready with what is left to read", () => {
    const guest = new TestGuest({ files: { "a.txt": new Uint8Array(10) } });
    const fd = guest.fd("a.txt", { rights: READING });
    guest.read(fd, 3);
    expect(poll(guest, [{ read: fd }]).events).toEqual([expect.objectContaining({ errno: 0, bytes: 7 })]);
  });

  it("answers what is wrong with a descriptor in its event", () => {
    const { errno, events } = poll(new TestGuest(), [{ read: 77 }, { read: 1 }, { write: 0 }, { write: 3 }]);
    expect(errno).toBe(Errno.SUCCESS);
    expect(events.map((event) => event.errno)).toEqual([
      Errno.BADF,
      Errno.NOTCAPABLE,
      Errno.NOTCAPABLE,
      Errno.NOTCAPABLE,
    ]);
  });
});

describe("a hostile poll", () => {
  it("has to ask for something, and not for too much", () => {
    const guest = new TestGuest();
    expect(guest.call.poll_oneoff(0, 0, 0, RESULT)).toBe(Errno.INVAL);
    expect(guest.call.poll_oneoff(0, 0, 1025, RESULT)).toBe(Errno.INVAL);
    expect(guest.call.poll_oneoff(0, 0, -1, RESULT)).toBe(Errno.INVAL);
  });

  it("has to ask for something that exists", () => {
    expect(poll(new TestGuest(), [{ type: 3 }]).errno).toBe(Errno.INVAL);
  });

  it("cannot leave the memory, and does not sleep before that is known", () => {
    const guest = new TestGuest();
    const at = 2 * PAGE;
    guest.bytes(0, 48).fill(0);
    guest.view().setBigUint64(24, SECOND, true);
    expect(guest.call.poll_oneoff(at - 47, 0, 1, RESULT)).toBe(Errno.FAULT);
    expect(guest.call.poll_oneoff(0, at - 31, 1, RESULT)).toBe(Errno.FAULT);
    expect(guest.call.poll_oneoff(0, 64, 1, at - 3)).toBe(Errno.FAULT);
    expect(guest.powers.sleeps).toEqual([]);
  });

  it("may put its events over its subscriptions", () => {
    const guest = new TestGuest();
    guest.bytes(0, 144).fill(0);
    for (let i = 0; i < 3; i++) guest.view().setBigUint64(i * 48, BigInt(i + 1), true);
    expect(guest.call.poll_oneoff(0, 0, 3, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(3);
    expect([0, 32, 64].map((at) => guest.u64(at))).toEqual([1n, 2n, 3n]);
  });
});
