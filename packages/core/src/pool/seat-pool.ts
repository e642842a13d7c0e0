/**
 * The pool: seats, a queue before them, and the rule that no run waits for a seat to be started while one is ready.
 *
 * As long as nothing happens there are `seats` + `spares` seats, of which at most `seats` run at the same time; so there
 * is one that can take over while another is being reset or replaced. A seat that ends, for whatever reason, is replaced
 * at once. Only where seats die before they are ready there are pauses; and after some attempts, as long as no seat
 * lives, the pool refuses what is asked of it.
 *
 * Whatever changes, changes here: a seat tells `#changed`, which counts it, and then seats are started and runs begun as
 * far as there is room.
 */
import { ForgeError } from "@wasmforge/bridge";
import { Seat, type SeatState } from "../seat/seat.js";
import type { OpenSeatLine } from "../seat/seat-line.js";
import { BackgroundTimer } from "./background-timer.js";
import { FairQueue } from "./fair-queue.js";
import type { Job, JobResult } from "./job.js";
import type { Pool, PoolRuntime, PoolStats } from "./pool.js";
import type { ResolvedPoolOptions } from "./pool-options.js";
import type { SeatEvent } from "./seat-event.js";
import { Settlement } from "./settlement.js";
import { StartAttempts } from "./start-attempts.js";
import { Ticket } from "./ticket.js";

export type SeatPoolOptions = Pick<
  ResolvedPoolOptions,
  | "seats"
  | "seatsPerTenant"
  | "spares"
  | "memoryMb"
  | "queueLength"
  | "queueMs"
  | "maxRunsPerSeat"
  | "maxSeatAgeMs"
  | "onSeatEvent"
>;

/** How many seats may be starting at the same time, for each that may run: starting takes a core from those that run. */
const startingShare = 0.25;
/** Seats of the same age are not all replaced at the same time: each lives up to this share less long than it may. */
const ageSpread = 0.2;
/** Its multiples, without their whole parts, lie far apart from one another: so do the ages of seats with successive numbers. */
const goldenRatio = 0.618;

export class SeatPool implements Pool {
  readonly runtime: PoolRuntime;
  readonly #options: SeatPoolOptions;
  readonly #open: OpenSeatLine;
  readonly #queue: FairQueue<Ticket>;
  readonly #attempts: StartAttempts;
  readonly #seats = new Set<Seat>();
  readonly #counts: Record<SeatState, number> = {
    starting: 0,
    ready: 0,
    running: 0,
    settling: 0,
    ending: 0,
    gone: 0,
  };
  /** The one that ran last is the first to run again: its memory is still in the caches. */
  readonly #ready: Seat[] = [];
  readonly #running = new Map<Seat, Ticket>();
  readonly #runningOf = new Map<string, number>();
  #lastId = 0;
  #runs = 0;
  #startsSoon: BackgroundTimer | undefined;
  #closing: Promise<void> | undefined;
  #onStarted: { resolve: () => void; reject: (error: ForgeError) => void } | undefined;

  /** Resolves when a seat is ready; rejects when it seems that none will be. */
  static async open(runtime: PoolRuntime, options: SeatPoolOptions, open: OpenSeatLine): Promise<SeatPool> {
    const pool = new SeatPool(runtime, options, open);
    try {
      await keepingAlive(
        new Promise<void>((resolve, reject) => {
          pool.#onStarted = { resolve, reject };
          pool.#startSeats();
        }),
      );
      return pool;
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  private constructor(runtime: PoolRuntime, options: SeatPoolOptions, open: OpenSeatLine) {
    this.runtime = runtime;
    this.#options = options;
    this.#open = open;
    this.#queue = new FairQueue(options.queueLength);
    this.#attempts = new StartAttempts(Math.ceil(options.seats * startingShare), () => this.#proceed());
  }

  run(job: Job): Promise<JobResult> {
    const ticket = new Ticket(job);
    if (ticket.isDone) return ticket.result;
    if (this.#closing) {
      ticket.refuse(new ForgeError("closed", "the pool is closed: nothing can be run any more"));
      return ticket.result;
    }
    // Where a seat is free although others wait, their tenants have as many seats as they may: nobody is overtaken.
    const seat = this.#mayGo(job.tenant) ? this.#takeReady() : undefined;
    if (seat) this.#begin(ticket, seat);
    else if (this.#isHopeless) ticket.refuse(this.#hopeless());
    else this.#enqueue(ticket);
    return ticket.result;
  }

  stats(): PoolStats {
    const { gone: _, ...counts } = this.#counts;
    return { ...counts, queued: this.#queue.size, runs: this.#runs };
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      const closed = new Settlement<void>();
      this.#closing = keepingAlive(closed.promise);
      void this.#endAll().then(() => closed.resolve());
    }
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #endAll(): Promise<void> {
    this.#attempts.stop();
    this.#startsSoon?.clear();
    for (const ticket of this.#queue.drain()) {
      ticket.refuse(new ForgeError("closed", "the pool was closed while this run waited for a seat"));
    }
    for (const ticket of this.#running.values()) ticket.giveUp();
    const seats = [...this.#seats];
    for (const seat of seats) seat.end("closed", "the pool was closed");
    await Promise.all(seats.map((seat) => seat.gone));
  }

  #enqueue(ticket: Ticket): void {
    const { queueLength, queueMs } = this.#options;
    const { tenant } = ticket.job;
    const refused = this.#queue.add(tenant, ticket);
    if (refused !== ticket) ticket.wait(queueMs, () => this.#queue.delete(tenant, ticket));
    const advice = "try again later, or give createForge more `seats` or a larger `limits.queueLength`";
    refused?.refuse(new ForgeError("overloaded", `${queueLength} runs wait already: ${advice}`));
  }

  #begin(ticket: Ticket, seat: Seat): void {
    const { tenant } = ticket.job;
    this.#runs += 1;
    this.#running.set(seat, ticket);
    this.#runningOf.set(tenant, (this.#runningOf.get(tenant) ?? 0) + 1);
    ticket.begin(() => seat.run(ticket.job));
  }

  #changed(seat: Seat, before: SeatState): void {
    const { state } = seat;
    this.#counts[before] -= 1;
    this.#counts[state] += 1;
    if (before === "running") this.#noLongerRuns(seat);
    if (before === "starting") this.#started(seat);
    if (before === "ready" && state === "ending") this.#removeReady(seat);
    if (state === "ready" && this.#isOld(seat)) {
      seat.end("age", "it has run often or long enough");
      return;
    }
    if (state === "ready") this.#ready.push(seat);
    if (state === "gone") this.#forget(seat);
    if (state !== "running") this.#proceed();
  }

  #proceed(): void {
    if (this.#closing) return;
    while (this.#queue.size > 0) {
      if (this.#ready.length === 0 || this.#counts.running >= this.#options.seats) break;
      const ticket = this.#queue.take((tenant) => this.#mayGo(tenant));
      const seat = ticket && this.#takeReady();
      if (!ticket || !seat) break;
      this.#begin(ticket, seat);
    }
    if (this.#isHopeless) for (const ticket of this.#queue.drain()) ticket.refuse(this.#hopeless());
    // Starting one holds up this thread: whoever was just answered, or is next, goes first.
    if (this.#wantsSeat && !this.#startsSoon) {
      this.#startsSoon = new BackgroundTimer(0, () => {
        this.#startsSoon = undefined;
        this.#startSeats();
      });
    }
  }

  get #wantsSeat(): boolean {
    const { seats, spares } = this.#options;
    const wanted = seats + spares;
    return (
      this.#living < wanted &&
      // Not without end while those that were ended are still there, for whatever reason.
      this.#seats.size < 2 * wanted + 1 &&
      this.#attempts.mayStart(this.#counts.starting)
    );
  }

  #startSeats(): void {
    while (!this.#closing && this.#wantsSeat) this.#startSeat();
  }

  #startSeat(): void {
    this.#lastId += 1;
    this.#counts.starting += 1;
    const seat = new Seat({
      id: this.#lastId,
      open: this.#open,
      memoryMb: this.#options.memoryMb,
      onChange: (changed, before) => this.#changed(changed, before),
    });
    this.#seats.add(seat);
    this.#tell({ type: "started", seat: seat.id, ...(seat.pid !== undefined && { pid: seat.pid }) });
  }

  #started(seat: Seat): void {
    if (seat.state === "ready") {
      this.#attempts.succeeded();
      this.#onStarted?.resolve();
      this.#tell({ type: "ready", seat: seat.id, startMs: seat.ageMs });
    } else if (seat.whyEnded?.reason !== "closed") {
      this.#attempts.failed(seat.whyEnded?.detail ?? "");
      if (this.#isHopeless) this.#onStarted?.reject(this.#hopeless());
    }
  }

  #noLongerRuns(seat: Seat): void {
    const tenant = this.#running.get(seat)?.job.tenant ?? "";
    this.#running.delete(seat);
    const left = (this.#runningOf.get(tenant) ?? 1) - 1;
    if (left > 0) this.#runningOf.set(tenant, left);
    else this.#runningOf.delete(tenant);
  }

  #forget(seat: Seat): void {
    this.#counts.gone -= 1;
    this.#seats.delete(seat);
    const { reason, detail } = seat.whyEnded ?? { reason: "lost", detail: "" };
    this.#tell({ type: "ended", seat: seat.id, reason, detail, runs: seat.runs, ageMs: seat.ageMs });
  }

  #takeReady(): Seat | undefined {
    return this.#counts.running < this.#options.seats ? this.#ready.pop() : undefined;
  }

  #removeReady(seat: Seat): void {
    const at = this.#ready.indexOf(seat);
    if (at >= 0) this.#ready.splice(at, 1);
  }

  #mayGo(tenant: string): boolean {
    return (this.#runningOf.get(tenant) ?? 0) < this.#options.seatsPerTenant;
  }

  /** One at a time: as long as another is being started, it has to go on. */
  #isOld(seat: Seat): boolean {
    const { maxRunsPerSeat, maxSeatAgeMs } = this.#options;
    if (this.#counts.starting > 0) return false;
    const share = 1 - ageSpread * ((seat.id * goldenRatio) % 1);
    return (
      (maxRunsPerSeat > 0 && seat.runs >= maxRunsPerSeat * share) ||
      (maxSeatAgeMs > 0 && seat.ageMs >= maxSeatAgeMs * share)
    );
  }

  get #living(): number {
    const { starting, ready, running, settling } = this.#counts;
    return starting + ready + running + settling;
  }

  get #isHopeless(): boolean {
    return this.#attempts.isHopeless && this.#living === this.#counts.starting;
  }

  #hopeless(): ForgeError {
    return new ForgeError("seat_failed", `no seat can be started: ${this.#attempts.lastFailure}`);
  }

  /** Not from within a change: what a listener does, or throws, is its own business. */
  #tell(event: SeatEvent): void {
    const { onSeatEvent } = this.#options;
    if (onSeatEvent) queueMicrotask(() => onSeatEvent(event));
  }
}

/** Seats do not keep a program alive; somebody who waits for them does. */
async function keepingAlive<T>(promise: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {}, 2 ** 31 - 1);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
