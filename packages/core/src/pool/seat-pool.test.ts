import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeSeat, type FakeSeatsOptions, fakeSeats } from "../test/fake-seats.js";
import { createJob, type HeardJob, silence } from "../test/jobs.js";
import { leavesNothing } from "../test/leaves-nothing.js";
import type { SeatEvent } from "./seat-event.js";
import { SeatPool, type SeatPoolOptions } from "./seat-pool.js";

leavesNothing();

const runtime = { name: "forged", imageHash: "0123" } as const;
const defaults: SeatPoolOptions = {
  seats: 1,
  seatsPerTenant: 99,
  spares: 0,
  memoryMb: 64,
  queueLength: 10,
  queueMs: 1000,
  maxRunsPerSeat: 0,
  maxSeatAgeMs: 0,
};

interface Lab {
  readonly pool: SeatPool;
  readonly seats: readonly FakeSeat[];
  readonly events: readonly SeatEvent[];
  /** Ends the runs of all seats. */
  endAll(): void;
}

const waiting: FakeSeat[] = [];
const pools: SeatPool[] = [];

beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
  waiting.length = 0;
  vi.useRealTimers();
});

/** A pool whose seats run until a test says that they have ended. */
async function open(options: Partial<SeatPoolOptions> = {}, fakes: FakeSeatsOptions = {}): Promise<Lab> {
  const events: SeatEvent[] = [];
  const { seats, open: openLine } = fakeSeats({ onRun: (seat) => void waiting.push(seat), ...fakes });
  const onSeatEvent = (event: SeatEvent) => void events.push(event);
  const pool = await SeatPool.open(runtime, { ...defaults, onSeatEvent, ...options }, openLine);
  pools.push(pool);
  await vi.advanceTimersByTimeAsync(1);
  return { pool, seats, events, endAll: () => waiting.splice(0).forEach(end) };
}

function end(seat: FakeSeat): void {
  seat.sayEnd();
  seat.say("ready");
}

/** Notes the job's name when a seat begins with it. */
function note(order: string[], name: string, tenant = name.slice(0, 1)): HeardJob {
  return createJob("", { tenant, onStarted: () => order.push(name) });
}

const overloaded = expect.objectContaining({ name: "ForgeError", code: "overloaded" });
const failed = expect.objectContaining({ name: "ForgeError", code: "seat_failed" });
const closed = expect.objectContaining({ name: "ForgeError", code: "closed" });

describe("a pool", () => {
  it("has its spares besides its seats, and runs as many as it has seats", async () => {
    const { pool, seats, endAll } = await open({ seats: 2, spares: 1 });
    expect(seats).toHaveLength(3);
    const runs = [1, 2, 3].map(() => pool.run(createJob("")));
    expect(pool.stats()).toMatchObject({ running: 2, ready: 1, queued: 1 });
    endAll();
    expect(pool.stats()).toMatchObject({ running: 1, ready: 2, queued: 0 });
    endAll();
    await Promise.all(runs);
    expect(pool.stats()).toMatchObject({ running: 0, ready: 3, runs: 3 });
  });

  it("gives the next run to a spare while the seat of the last one is still settling", async () => {
    const order: string[] = [];
    const { pool } = await open({ spares: 1 });
    const first = pool.run(note(order, "a1"));
    const second = pool.run(note(order, "b1"));
    waiting.shift()?.sayEnd();
    await first;
    expect(order).toEqual(["a1", "b1"]);
    expect(pool.stats()).toMatchObject({ settling: 1, running: 1 });
    waiting.forEach(end);
    await second;
  });

  it("gives tenants turns", async () => {
    const order: string[] = [];
    const { pool, endAll } = await open();
    const jobs = ["a1", "a2", "a3", "b1", "c1", "b2"].map((name) => pool.run(note(order, name)));
    while (pool.stats().running > 0) endAll();
    await Promise.all(jobs);
    expect(order).toEqual(["a1", "a2", "b1", "c1", "a3", "b2"]);
  });

  it("keeps seats free of a tenant that has its share of them", async () => {
    const order: string[] = [];
    const { pool, endAll } = await open({ seats: 2, seatsPerTenant: 1 });
    const jobs = ["a1", "a2", "b1"].map((name) => pool.run(note(order, name)));
    expect(order).toEqual(["a1", "b1"]);
    while (pool.stats().running > 0) endAll();
    await Promise.all(jobs);
    expect(order).toEqual(["a1", "b1", "a2"]);
  });

  it("says how long a run has waited", async () => {
    const { pool, endAll } = await open();
    const first = pool.run(createJob(""));
    const second = pool.run(createJob(""));
    await vi.advanceTimersByTimeAsync(300);
    endAll();
    await vi.advanceTimersByTimeAsync(50);
    endAll();
    expect((await first).usage).toMatchObject({ queueMs: 0, wallMs: 300 });
    expect((await second).usage).toMatchObject({ queueMs: 300, wallMs: 50 });
  });
});

describe("a queue before seats that are all busy", () => {
  it("refuses what it has no room for", async () => {
    const { pool, endAll } = await open({ queueLength: 1 });
    const runs = [pool.run(createJob("")), pool.run(createJob(""))];
    await expect(pool.run(createJob(""))).rejects.toEqual(overloaded);
    endAll();
    endAll();
    await Promise.all(runs);
  });

  it("refuses the youngest of who has the most in it, for somebody who has less", async () => {
    const { pool, endAll } = await open({ queueLength: 2 });
    const order: string[] = [];
    const [a1, a2, a3, b1] = ["a1", "a2", "a3", "b1"].map((name) => pool.run(note(order, name)));
    await expect(a3).rejects.toEqual(overloaded);
    while (pool.stats().running > 0) endAll();
    await Promise.all([a1, a2, b1]);
    expect(order).toEqual(["a1", "a2", "b1"]);
  });

  it("refuses what has waited too long", async () => {
    const { pool, endAll } = await open({ queueMs: 200 });
    const first = pool.run(createJob(""));
    const refusal = expect(pool.run(createJob(""))).rejects.toEqual(overloaded);
    await vi.advanceTimersByTimeAsync(200);
    await refusal;
    expect(pool.stats().queued).toBe(0);
    endAll();
    await first;
  });

  it("lets go at once of what is aborted, and gives its place to others", async () => {
    const { pool, endAll } = await open({ queueLength: 1 });
    const first = pool.run(createJob(""));
    const abort = new AbortController();
    const aborted = pool.run(createJob("", { signal: abort.signal }));
    abort.abort();
    expect((await aborted).end).toMatchObject({ kind: "stopped", reason: "aborted" });
    const third = pool.run(createJob(""));
    endAll();
    endAll();
    await Promise.all([first, third]);
  });

  it("never sees what was aborted before it came", async () => {
    const { pool } = await open();
    const { end: aborted } = await pool.run(createJob("", { signal: AbortSignal.abort() }));
    expect(aborted).toMatchObject({ reason: "aborted" });
    expect(pool.stats().runs).toBe(0);
  });
});

describe("a seat of a pool", () => {
  it("is replaced at once when it dies, and the run that it had has crashed", async () => {
    const { pool, seats, endAll } = await open();
    const lost = pool.run(createJob(""));
    const next = pool.run(createJob(""));
    seats[0]?.die();
    expect((await lost).end).toMatchObject({ kind: "stopped", reason: "crashed" });
    await vi.advanceTimersByTimeAsync(1);
    expect(seats).toHaveLength(2);
    endAll();
    endAll();
    await next;
  });

  it("is replaced when it is not worth keeping", async () => {
    const { pool, seats, events } = await open();
    const run = pool.run(createJob(""));
    seats[0]?.sayEnd();
    seats[0]?.say("spent");
    expect((await run).end).toEqual({ kind: "completed" });
    await vi.advanceTimersByTimeAsync(1);
    expect(seats).toHaveLength(2);
    expect(events).toContainEqual(expect.objectContaining({ type: "ended", reason: "spent", runs: 1 }));
  });

  it("is replaced when a guest has brought its interpreter down", async () => {
    const { pool, seats, events } = await open();
    const run = pool.run(createJob(""));
    seats[0]?.sayEnd({ kind: "crashed", cause: "trap", message: "unreachable" });
    const { end: crashed } = await run;
    expect(crashed).toMatchObject({ reason: "crashed", message: expect.stringContaining("unreachable") });
    await vi.advanceTimersByTimeAsync(1);
    expect(events).toContainEqual(expect.objectContaining({ type: "ended", reason: "suspicious" }));
  });

  it("is replaced after so many runs, but not while another is being started", async () => {
    const { pool, seats, events, endAll } = await open({ seats: 2, maxRunsPerSeat: 3 });
    for (let run = 0; run < 20; run++) {
      const done = pool.run(createJob(""));
      endAll();
      await done;
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(seats.length).toBeGreaterThan(5);
    const ages = events.filter((event) => event.type === "ended").map(({ reason, runs }) => [reason, runs]);
    for (const age of ages) expect(age).toEqual(["age", 3]);
  });

  it("is replaced after its run when it is old", async () => {
    const { pool, seats, endAll } = await open({ maxSeatAgeMs: 60_000 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seats).toHaveLength(1);
    const run = pool.run(createJob(""));
    endAll();
    await run;
    await vi.advanceTimersByTimeAsync(1);
    expect(seats).toHaveLength(2);
  });

  it("that says nothing after an end is given up", async () => {
    const { pool, seats, events } = await open();
    const run = pool.run(createJob(""));
    seats[0]?.sayEnd();
    await run;
    await vi.advanceTimersByTimeAsync(15_001);
    expect(seats).toHaveLength(2);
    expect(events).toContainEqual(expect.objectContaining({ type: "ended", reason: "lost" }));
  });
});

describe("seats that cannot be started", () => {
  const dying: FakeSeatsOptions = { onOpen: (seat) => seat.die("exec format error") };

  it("are tried a few times before a pool cannot be opened", async () => {
    const { seats, open: openLine } = fakeSeats(dying);
    const refusal = expect(SeatPool.open(runtime, { ...defaults, spares: 1 }, openLine)).rejects.toEqual(
      expect.objectContaining({ code: "seat_failed", message: expect.stringContaining("exec format error") }),
    );
    await vi.advanceTimersByTimeAsync(1000);
    await refusal;
    expect(seats).toHaveLength(3);
  });

  it("are given up when they say nothing", async () => {
    const { open: openLine } = fakeSeats({ onOpen: () => {} });
    const refusal = expect(SeatPool.open(runtime, defaults, openLine)).rejects.toEqual(failed);
    await vi.advanceTimersByTimeAsync(200_000);
    await refusal;
  });

  it("make later runs fail instead of hang, until one can be started again", async () => {
    let works = true;
    const { pool, seats } = await open(
      {},
      { onOpen: (seat) => (works ? seat.say("ready") : seat.die("no memory")) },
    );
    works = false;
    seats[0]?.die();
    const refused = expect(pool.run(createJob("", { door: silence }))).rejects.toEqual(failed);
    await vi.advanceTimersByTimeAsync(1000);
    await refused;
    await expect(pool.run(createJob(""))).rejects.toEqual(failed);
    const attempts = seats.length;
    await vi.advanceTimersByTimeAsync(60_000);
    // Every ten seconds, in the end.
    expect(seats.length - attempts).toBeLessThan(12);
    works = true;
    await vi.advanceTimersByTimeAsync(10_000);
    const run = pool.run(createJob(""));
    waiting.splice(0).forEach(end);
    expect((await run).end).toEqual({ kind: "completed" });
  });
});

describe("a callback of the host's that throws", () => {
  const mistake = new Error("a mistake of the host's");
  const fail = () => {
    throw mistake;
  };

  it.each(["onStarted", "print", "door"] as const)(
    "in %s has its run reject, and harms no other",
    async (name) => {
      const { pool } = await open(
        {},
        {
          onRun(seat) {
            seat.say("stdout", "", new Uint8Array([65]));
            seat.say("call", "list_models");
            waiting.push(seat);
          },
        },
      );
      const job = createJob("", { door: silence, [name]: fail });
      const refusal = expect(pool.run(job)).rejects.toBe(mistake);
      await vi.advanceTimersByTimeAsync(250);
      await refusal;
    },
  );
});

describe("a door that answers nonsense", () => {
  it("has its run reject, and nothing else", async () => {
    const { pool } = await open({}, { onRun: (seat) => seat.say("call", "list_models") });
    const nonsense = async () => undefined as never;
    const refusal = expect(pool.run(createJob("", { door: nonsense }))).rejects.toThrow(TypeError);
    await vi.advanceTimersByTimeAsync(250);
    await refusal;
  });
});

describe("a pool that is closed", () => {
  it("refuses what waits, aborts what runs, and is done when nothing is left", async () => {
    const { pool, events } = await open({ seats: 2, spares: 1 });
    const runs = Array.from({ length: 10 }, () => pool.run(createJob("")).catch((error: unknown) => error));
    const closing = pool.close();
    expect(pool.close()).toBe(closing);
    await closing;
    const ends = await Promise.all(runs);
    expect(ends.slice(0, 2)).toEqual(
      Array(2).fill(expect.objectContaining({ end: expect.objectContaining({ reason: "aborted" }) })),
    );
    expect(ends.slice(2)).toEqual(Array(8).fill(closed));
    await expect(pool.run(createJob(""))).rejects.toEqual(closed);
    expect(pool.stats()).toEqual({
      ready: 0,
      running: 0,
      settling: 0,
      starting: 0,
      ending: 0,
      queued: 0,
      runs: 2,
    });
    expect(events.filter((event) => event.type === "ended").map(({ reason }) => reason)).toEqual([
      "closed",
      "closed",
      "closed",
    ]);
  });

  it("starts nothing any more", async () => {
    const { pool, seats } = await open();
    seats[0]?.die();
    await pool.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seats).toHaveLength(1);
  });
});
