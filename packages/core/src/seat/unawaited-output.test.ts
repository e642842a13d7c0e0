import type { GateAnswer } from "@wasmforge/bridge";
import { describe, expect, it, vi } from "vitest";
import { SeatPool } from "../pool/seat-pool.js";
import { type FakeSeat, fakeSeats } from "../test/fake-seats.js";
import { createJob, silence } from "../test/jobs.js";
import { leavesNothing } from "../test/leaves-nothing.js";

leavesNothing();

const options = {
  seats: 1,
  seatsPerTenant: 1,
  spares: 0,
  memoryMb: 64,
  queueLength: 10,
  queueMs: 1000,
  maxRunsPerSeat: 0,
  maxSeatAgeMs: 0,
};
const something = new Uint8Array([104, 105]);
const accepted: GateAnswer = { reply: something };

async function poolWith(onRun: (seat: FakeSeat) => void) {
  const { seats, open } = fakeSeats({ onRun });
  const pool = await SeatPool.open({ name: "forged", imageHash: "0123" }, options, open);
  return { pool, seats };
}

describe("what a guest sends out without waiting", () => {
  it("reaches the door in order, and never while the guest waits for a reply", async () => {
    const { pool, seats } = await poolWith((seat) => {
      seat.say("output", "", something);
      seat.say("call", "list_models");
      seat.say("output", "", something);
    });
    await using _ = pool;
    const heard: string[] = [];
    const result = pool.run(
      createJob("", {
        async door(op) {
          heard.push(op);
          return accepted;
        },
      }),
    );
    await expect(result).resolves.toMatchObject({ end: { kind: "stopped", reason: "crashed" } });
    // It said something while it waited for the models: no guest does.
    expect(seats[0]?.isKilled).toBe(true);
    expect(heard).toEqual(["send_output", "list_models"]);
  });

  it("is taken before the run is over, however slowly the host takes it", async () => {
    const { pool, seats } = await poolWith((seat) => {
      seat.say("output", "", something);
      seat.sayEnd();
      seat.say("ready");
    });
    await using _ = pool;
    let take = (_: GateAnswer) => {};
    const job = createJob("", { door: () => new Promise<GateAnswer>((resolve) => (take = resolve)) });
    const isOver = vi.fn();
    const result = pool.run(job).finally(isOver);
    await vi.waitFor(() => expect(seats[0]?.heard).toHaveLength(1));
    expect(isOver).not.toHaveBeenCalled();
    take(accepted);
    expect((await result).end).toEqual({ kind: "completed" });
  });

  it("ends the run as too much, although the guest has come to its own end meanwhile", async () => {
    const { pool, seats } = await poolWith((seat) => {
      seat.say("output", "", something);
      seat.sayEnd();
      seat.say("ready");
    });
    await using _ = pool;
    const { end } = await pool.run(createJob("", { door: async () => ({ stop: "output" }) }));
    expect(end).toMatchObject({ kind: "stopped", reason: "output" });
    expect(seats[0]?.isKilled).toBe(false);
  });

  it("keeps nobody beyond his time when the host does not take it at all", async () => {
    const { pool } = await poolWith((seat) => {
      seat.say("output", "", something);
      seat.sayEnd();
      seat.say("ready");
    });
    await using _ = pool;
    const { end } = await pool.run(createJob("", { door: silence, wallTimeMs: 20 }));
    expect(end).toMatchObject({ kind: "stopped", reason: "timeout" });
  });

  it("is refused, and its seat killed, where it is larger than a seat sends so", async () => {
    const { pool, seats } = await poolWith((seat) => seat.say("output", "", new Uint8Array(65 * 1024)));
    await using _ = pool;
    expect((await pool.run(createJob(""))).end).toMatchObject({ reason: "crashed" });
    expect(seats[0]?.isKilled).toBe(true);
  });
});
