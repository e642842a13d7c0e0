/**
 * What must hold of a pool whatever happens in whichever order: jobs of some tenants come, are answered, aborted, forgotten
 * and refused, while seats end their runs in every way, die and lie, and time goes on.
 */
import { getEventListeners } from "node:events";
import { ForgeError } from "@wasmforge/bridge";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRandom, type Random } from "../../packages/bridge/src/test/random.js";
import type { JobResult } from "../../packages/core/src/pool/job.js";
import { SeatPool, type SeatPoolOptions } from "../../packages/core/src/pool/seat-pool.js";
import { type FakeSeat, fakeSeats } from "../../packages/core/src/test/fake-seats.js";
import { accepted, createJob, silence } from "../../packages/core/src/test/jobs.js";
import { leavesNothing } from "../../packages/core/src/test/leaves-nothing.js";

leavesNothing();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const runtime = { name: "forged", imageHash: "0123" } as const;
const tenants = ["a", "b", "c"];
const queueMs = 1_000;

function optionsOf(random: Random): SeatPoolOptions {
  const seats = 1 + random.number(3);
  return {
    seats,
    seatsPerTenant: 1 + random.number(seats),
    spares: random.number(3),
    memoryMb: 64,
    queueLength: random.pick([0, 2, 6, 100]),
    queueMs,
    maxRunsPerSeat: random.pick([0, 1, 5]),
    maxSeatAgeMs: random.pick([0, 5_000]),
  };
}

interface Asked {
  readonly tenant: string;
  readonly abort: AbortController;
  readonly signal: "none" | "given";
  starts: number;
  end: JobResult | ForgeError | undefined;
  /** What was heard of it after its end. */
  heardLate: number;
  /** How often each other tenant had a turn out of the queue while this one could have had it. */
  readonly passedBy: Map<string, number>;
}

class Lab {
  readonly asked: Asked[] = [];
  readonly #random: Random;
  readonly #options: SeatPoolOptions;
  readonly #running = new Set<FakeSeat>();
  readonly #settling = new Set<FakeSeat>();
  readonly #seats: readonly FakeSeat[];
  readonly #pool: SeatPool;
  /** A job that begins while it is asked for was not in the queue. */
  #isAsking = false;

  static async open(random: Random): Promise<Lab> {
    const options = optionsOf(random);
    const running = new Set<FakeSeat>();
    const { seats, open } = fakeSeats({
      onOpen: (seat) => (random.number(10) === 0 ? seat.die() : seat.say("ready")),
      onRun: (seat) => void running.add(seat),
    });
    const opening = SeatPool.open(runtime, options, open);
    await vi.advanceTimersByTimeAsync(1_000);
    return new Lab(random, options, await opening, seats, running);
  }

  private constructor(
    random: Random,
    options: SeatPoolOptions,
    pool: SeatPool,
    seats: readonly FakeSeat[],
    running: Set<FakeSeat>,
  ) {
    this.#random = random;
    this.#options = options;
    this.#pool = pool;
    this.#seats = seats;
    this.#running = running;
  }

  async act(): Promise<void> {
    const random = this.#random;
    switch (random.number(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        this.#ask();
        break;
      case 4:
        if (this.asked.length > 0) random.pick(this.asked).abort.abort();
        break;
      case 5:
      case 6:
      case 7:
        this.#endOne();
        break;
      case 8:
        for (const seat of this.#settling) seat.say(random.number(5) === 0 ? "spent" : "ready");
        this.#settling.clear();
        break;
      case 9:
        this.#misbehave(random.pick(this.#seats));
        break;
      case 10:
        for (const seat of this.#running) seat.say("call", "list_models");
        break;
      default:
        await vi.advanceTimersByTimeAsync(random.pick([1, 100, 300, queueMs, 20_000]));
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  #ask(): void {
    const random = this.#random;
    const tenant = random.pick(tenants);
    const abort = new AbortController();
    if (random.number(15) === 0) abort.abort();
    const asked: Asked = {
      tenant,
      abort,
      signal: random.number(3) === 0 ? "none" : "given",
      starts: 0,
      end: undefined,
      heardLate: 0,
      passedBy: new Map(),
    };
    const hear = () => {
      if (asked.end) asked.heardLate += 1;
    };
    const job = createJob("", {
      tenant,
      wallTimeMs: random.pick([50, 30_000]),
      computeMs: random.pick([50, 30_000]),
      door: random.number(2) === 0 ? silence : async () => accepted,
      print: hear,
      onStarted: () => {
        hear();
        asked.starts += 1;
        if (!this.#isAsking) this.#note(asked);
      },
      ...(asked.signal === "given" && { signal: abort.signal }),
    });
    this.asked.push(asked);
    this.#isAsking = true;
    const result = this.#pool.run(job);
    this.#isAsking = false;
    result.then(
      (end) => {
        asked.end = end;
      },
      (error: ForgeError) => {
        asked.end = error;
      },
    );
  }

  #endOne(): void {
    const [seat] = this.#running;
    if (!seat) return;
    this.#running.delete(seat);
    seat.sayEnd();
    if (this.#random.number(2) === 0) seat.say("ready");
    else this.#settling.add(seat);
  }

  #misbehave(seat: FakeSeat): void {
    if (seat.isKilled) return;
    this.#running.delete(seat);
    this.#settling.delete(seat);
    const random = this.#random;
    switch (random.number(4)) {
      case 0:
        seat.die();
        break;
      case 1:
        seat.fault();
        break;
      case 2:
        seat.say("fault", "the runtime failed");
        break;
      default:
        seat.sayBytes(Uint8Array.from({ length: 20 }, () => random.number(256)));
    }
  }

  get #waiting(): Asked[] {
    return this.asked.filter(({ starts, end }) => starts === 0 && end === undefined);
  }

  #runningOf(tenant: string): number {
    return this.asked.filter((one) => one.tenant === tenant && one.starts > 0 && !one.end).length;
  }

  /** Somebody has his turn. Who has to wait for it is next, before the same tenant is again. */
  #note(next: Asked): void {
    for (const one of this.#waiting) {
      if (one.tenant === next.tenant) one.passedBy.clear();
      else if (this.#runningOf(one.tenant) < this.#options.seatsPerTenant)
        one.passedBy.set(next.tenant, (one.passedBy.get(next.tenant) ?? 0) + 1);
    }
  }

  check(): void {
    const { seats, spares, seatsPerTenant, queueLength } = this.#options;
    const stats = this.#pool.stats();
    const running = this.asked.filter(({ starts, end }) => starts > 0 && !end);
    const waiting = this.#waiting;
    expect(stats.queued).toBe(waiting.length);
    expect(stats.queued).toBeLessThanOrEqual(queueLength);
    expect(stats.running).toBe(running.length);
    expect(stats.running).toBeLessThanOrEqual(seats);
    expect(stats.ready + stats.running + stats.settling + stats.starting).toBeLessThanOrEqual(seats + spares);
    expect(stats.runs).toBe(this.asked.filter(({ starts }) => starts > 0).length);
    for (const tenant of tenants) expect(this.#runningOf(tenant)).toBeLessThanOrEqual(seatsPerTenant);
    if (stats.ready > 0 && stats.running < seats) {
      for (const { tenant } of waiting) expect(this.#runningOf(tenant)).toBe(seatsPerTenant);
    }
    for (const one of this.asked) {
      expect(one.starts).toBeLessThanOrEqual(1);
      expect(one.heardLate).toBe(0);
      if (one.end) expect(getEventListeners(one.abort.signal, "abort")).toEqual([]);
    }
    const oldest = new Map(waiting.toReversed().map((one) => [one.tenant, one]));
    for (const { passedBy } of oldest.values()) {
      for (const times of passedBy.values()) expect(times).toBeLessThanOrEqual(1);
    }
  }

  async close(): Promise<void> {
    const isRunning = this.asked.filter(({ starts, end }) => starts > 0 && !end);
    const closing = this.#pool.close();
    await vi.advanceTimersByTimeAsync(0);
    await closing;
    const { runs: _, ...left } = this.#pool.stats();
    expect(Object.values(left)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(this.#seats.every(({ isKilled }) => isKilled)).toBe(true);
    for (const { end, abort } of this.asked) {
      expect(end).toBeDefined();
      expect(getEventListeners(abort.signal, "abort")).toEqual([]);
    }
    for (const { end } of isRunning) expect(end).toMatchObject({ end: { kind: "stopped" } });
    expect(vi.getTimerCount()).toBe(0);
  }
}

describe("a pool to which chance happens", () => {
  it.each(Array.from({ length: 30 }, (_, at) => at + 1))("keeps what it promises (seed %i)", async (seed) => {
    const random = createRandom(seed);
    const lab = await Lab.open(random);
    for (let turn = 0; turn < 150; turn++) {
      await lab.act();
      lab.check();
    }
    await lab.close();
    for (const { end } of lab.asked) {
      if (ForgeError.is(end)) expect(["overloaded", "closed", "seat_failed"]).toContain(end.code);
    }
  });
});
