/** Seats that somebody else has taken over. Whatever they say, their host goes on, and so do other runs. */
import { describe, expect, it, vi } from "vitest";
import type { SeatEvent } from "../pool/seat-event.js";
import { SeatPool } from "../pool/seat-pool.js";
import { type FakeSeat, fakeSeats, honest } from "../test/fake-seats.js";
import { createJob, silence } from "../test/jobs.js";
import { leavesNothing } from "../test/leaves-nothing.js";
import { encodeFrame } from "./frame.js";
import { fromSeat } from "./kinds.js";

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
const runtime = { name: "forged", imageHash: "0123" } as const;
const letter = new Uint8Array([65]);
const bytes = (length: number) => new Uint8Array(length);

type Lie = (seat: FakeSeat) => void;

/** A pool whose first seat lies, when it is given its first run. */
async function poolWith(lie: Lie) {
  const events: SeatEvent[] = [];
  let isFirst = true;
  const { seats, open } = fakeSeats({
    onRun(seat) {
      if (isFirst) lie(seat);
      else honest(seat);
      isFirst = false;
    },
  });
  const pool = await SeatPool.open(runtime, { ...options, onSeatEvent: (event) => events.push(event) }, open);
  const reasons = () => events.filter((event) => event.type === "ended").map(({ reason }) => reason);
  return { pool, seats, reasons };
}

/** A header that claims what does not come. */
function claim(kind: number, head: number, body: number): Uint8Array {
  const header = Buffer.alloc(9);
  header.writeUInt8(kind, 0);
  header.writeUInt32LE(head, 1);
  header.writeUInt32LE(body, 5);
  return header;
}

const oneMillion = 1_000_000;

const lies: Record<string, Lie> = {
  "says what is no frame": (seat) => seat.sayBytes(Buffer.alloc(64, 0xee)),
  "says something of a kind that there is not": (seat) => seat.say(99),
  "says what only a host says": (seat) => seat.say(2, "{}"),
  "claims to be asking with 1 GB": (seat) => seat.sayBytes(claim(19, 4, 2 ** 30)),
  "claims to be ending with 4 GB": (seat) => seat.sayBytes(claim(20, 2 ** 32 - 1, 0)),
  "claims to be printing 65 KB at once": (seat) => seat.sayBytes(claim(17, 0, 65 * 1024)),
  "is ready in the middle of a run": (seat) => seat.say("ready"),
  "is spent in the middle of a run": (seat) => seat.say("spent"),
  "refuses a session where there is none": (seat) => seat.say("refused", "no"),
  "asks again before it was answered": (seat) => {
    seat.say("call", "list_models");
    seat.say("call", "list_models");
  },
  "ends while it waits for an answer": (seat) => {
    seat.say("call", "list_models");
    seat.sayEnd();
  },
  "asks under a name of 5 KB": (seat) => seat.say("call", "x".repeat(5000)),
  "prints nothing": (seat) => seat.say("stdout"),
  "prints more than it may": (seat) => {
    for (let turn = 0; turn < 16; turn++) seat.say("stdout", "", bytes(65_536));
  },
  "prints a million times": (seat) => {
    for (let turn = 0; turn < oneMillion && !seat.isKilled; turn++) seat.say("stderr", "", letter);
  },
  "ends with what is no JSON": (seat) => seat.say("end", "{"),
  "ends with nothing": (seat) => seat.say("end", "null"),
  "ends in a way that there is not": (seat) => seat.sayEnd({ kind: "won" }),
  "exits with a text": (seat) => seat.sayEnd({ kind: "exited", code: "0" }),
  "raises nothing": (seat) => seat.sayEnd({ kind: "raised" }),
  "raises what is no text": (seat) =>
    seat.sayEnd({ kind: "raised", error: { type: 1, message: [], traceback: {} } }),
  "raises an essay": (seat) =>
    seat.sayEnd({ kind: "raised", error: { type: "E", message: "x".repeat(100_000), traceback: "" } }),
  "raises on line minus one": (seat) =>
    seat.sayEnd({ kind: "raised", error: { type: "E", message: "", traceback: "", line: -1 } }),
  "stops for a reason of its own": (seat) => seat.sayEnd({ kind: "stopped", reason: "lunch" }),
  "crashes for a reason of its own": (seat) => seat.sayEnd({ kind: "crashed", cause: "lunch", message: "" }),
  "has computed for a negative time": (seat) => seat.sayEnd(undefined, { computeMs: -1 }),
  "has used no number of bytes": (seat) => seat.sayEnd(undefined, { peakMemoryBytes: "many" }),
  "ends with a state that nobody asked for": (seat) =>
    seat.say(
      "end",
      { end: { kind: "completed" }, computeMs: 1, peakMemoryBytes: 1, hasDelta: true },
      bytes(9),
    ),
  "writes what cannot be into the mailbox": (seat) => seat.fault(),
};

describe("a seat that", () => {
  it.each(Object.entries(lies))(
    "%s is killed, its run has crashed, and the next one runs",
    async (_, lie) => {
      const { pool, seats, reasons } = await poolWith(lie);
      const result = await pool.run(createJob("", { door: silence }));
      expect(result.end).toMatchObject({ kind: "stopped", reason: "crashed" });
      expect(seats[0]?.isKilled).toBe(true);
      expect((await pool.run(createJob(""))).end).toEqual({ kind: "completed" });
      await pool.close();
      expect(reasons()).toEqual(["violation", "closed"]);
    },
  );

  const lateLies: Record<string, Lie> = {
    "prints after the end": (seat) => seat.say("stdout", "", letter),
    "asks after the end": (seat) => seat.say("call", "list_models"),
    "ends twice": (seat) => seat.sayEnd(),
    "is ready twice": (seat) => {
      seat.say("ready");
      seat.say("ready");
    },
    "speaks while nothing runs": (seat) => {
      seat.say("ready");
      seat.say("fault", "boo");
    },
  };

  it.each(Object.entries(lateLies))("%s is killed, and nobody hears of it", async (_, lie) => {
    const { pool, seats, reasons } = await poolWith((seat) => {
      seat.sayEnd();
      lie(seat);
    });
    const print = vi.fn();
    const door = vi.fn(silence);
    const job = createJob("", { print, door });
    expect((await pool.run(job)).end).toEqual({ kind: "completed" });
    expect(seats[0]?.isKilled).toBe(true);
    expect((await pool.run(createJob(""))).end).toEqual({ kind: "completed" });
    expect(print).not.toHaveBeenCalled();
    expect(door).not.toHaveBeenCalled();
    await pool.close();
    expect(reasons()).toEqual(["violation", "closed"]);
  });

  it("goes on talking when it is ready is killed before the run that waits for it begins", async () => {
    const { pool, seats, reasons } = await poolWith((seat) => {
      // When the other run waits already.
      queueMicrotask(() => {
        seat.sayEnd();
        seat.sayBytes(Buffer.concat([...encodeFrame(fromSeat.ready), ...encodeFrame(fromSeat.ready)]));
      });
    });
    const ends = await Promise.all([pool.run(createJob("")), pool.run(createJob(""))]);
    expect(ends).toMatchObject([{ end: { kind: "completed" } }, { end: { kind: "completed" } }]);
    expect(seats[0]?.isKilled).toBe(true);
    await pool.close();
    expect(reasons()).toEqual(["violation", "closed"]);
  });

  it("says good things and a lie at once has its lie found, whatever came before it", async () => {
    const { pool } = await poolWith((seat) => {
      seat.say("stdout", "", letter);
      seat.say(99);
    });
    const job = createJob("");
    expect((await pool.run(job)).end).toMatchObject({ reason: "crashed" });
    expect(job.printed.stdout).toBe("A");
    await pool.close();
  });

  it("claims more memory and time than there is, is believed as far as that can be", async () => {
    const { pool } = await poolWith((seat) => {
      seat.sayEnd(undefined, { computeMs: 1e12, peakMemoryBytes: 1e15 });
      seat.say("ready");
    });
    const { usage } = await pool.run(createJob(""));
    expect(usage.computeMs).toBeLessThanOrEqual(usage.wallMs);
    expect(usage.peakMemoryBytes).toBe(64 * 2 ** 20);
    await pool.close();
  });

  it("complains in colours is quoted in plain, short text", async () => {
    const events: SeatEvent[] = [];
    const { open } = fakeSeats({
      onRun: (seat) => seat.say("fault", `\u001b[31m\n\u2028${"é".repeat(900)}`),
    });
    const pool = await SeatPool.open(
      runtime,
      { ...options, onSeatEvent: (event) => events.push(event) },
      open,
    );
    await pool.run(createJob(""));
    await pool.close();
    const ended = events.find((event) => event.type === "ended");
    expect(ended).toMatchObject({ reason: "suspicious", detail: expect.stringMatching(/^[ -~]{1,500}$/) });
  });
});
