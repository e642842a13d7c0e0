/** What a Forge may rely on, with real guests in real threads and processes. */
import { getEventListeners } from "node:events";
import { forgedRuntime } from "@wasmforge/python-runtime";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { JobResult } from "../pool/job.js";
import type { Pool } from "../pool/pool.js";
import type { SeatEvent } from "../pool/seat-event.js";
import { accepted, callOnce, createJob, forever, silence } from "../test/jobs.js";
import { leavesNothing } from "../test/leaves-nothing.js";
import { createPool } from "./create-pool.js";

leavesNothing({ after: "file" });

const aborted = expect.objectContaining({ kind: "stopped", reason: "aborted" });
const reply = (value: unknown) => ({ reply: new TextEncoder().encode(JSON.stringify({ ok: value })) });

const isForged = await forgedRuntime()
  .image()
  .then(
    () => true,
    () => false,
  );
const seatKinds = ["thread", "process"] as const;

describe.skipIf(!isForged).each(seatKinds)("a pool of seats, each a %s", (seat) => {
  const events: SeatEvent[] = [];
  let pool: Pool;

  /** One seat and one spare, so that whatever a run leaves behind is met by one of the next two. */
  beforeAll(async () => {
    const onSeatEvent = (event: SeatEvent) => void events.push(event);
    pool = await createPool({ seat, seats: 1, spares: 1, memoryMb: 128, warmUpMs: 0, onSeatEvent });
  });
  afterAll(() => pool.close());

  const ended = () => events.filter((event) => event.type === "ended").map(({ reason }) => reason);
  /** The reasons why seats ended while `act` went on. */
  async function endedWhile(act: () => Promise<unknown>): Promise<string[]> {
    await settled();
    const before = ended().length;
    await act();
    await settled();
    return ended().slice(before);
  }
  /** Resolves when all seats are there again and wait. */
  const settled = () =>
    vi.waitFor(() => expect(pool.stats()).toMatchObject({ ready: 2, starting: 0, ending: 0 }), 20_000);
  async function expectUnharmed(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) {
      const job = createJob("import sys\nprint(len(sys.modules) > 10, 'x' in globals())");
      expect((await pool.run(job)).end).toEqual({ kind: "completed" });
      expect(job.printed.stdout).toBe("True False\n");
    }
  }

  describe("a run", () => {
    it("carries everything in, and everything out", async () => {
      const source = `
import sys
from platform_sdk import get_file, get_input, list_models
file = get_file()
print(ascii(get_input()), file.name, file.media_type, file.data, open("/data/a.txt").read(), open("/b.bin", "rb").read())
print(list_models(), file=sys.stderr)
`;
      const job = createJob(source, {
        request: {
          input: "in: \ud800 é",
          inputFile: { name: "ü.bin", mediaType: "image/png", bytes: Uint8Array.of(0, 255) },
          files: { "data/a.txt": new TextEncoder().encode("aaa"), "b.bin": Uint8Array.of(1, 2) },
        },
        door: async (op) => reply([op, "llama"]),
      });
      const { end, usage } = await pool.run(job);
      expect(end).toEqual({ kind: "completed" });
      expect(job.printed.stderr).toBe("['list_models', 'llama']\n");
      expect(job.printed.stdout).toBe(
        "'in: \\ud800 \\xe9' ü.bin image/png b'\\x00\\xff' aaa b'\\x01\\x02'\n",
      );
      expect(usage.wallMs).toBeCloseTo(usage.computeMs + usage.waitMs, 3);
      expect(usage.peakMemoryBytes).toBeGreaterThan(1e6);
    });

    it("carries what is larger than any buffer on its way", async () => {
      const source = `
from platform_sdk import get_input, call_ai
text = get_input()
print(len(text), text[:3], text[-3:])
answer = call_ai("m", "p" * 3_000_000)
print(len(answer), answer[-3:])
`;
      const input = `abc${"é".repeat(2_000_000)}xyz`;
      let asked = 0;
      const job = createJob(source, {
        request: { input },
        door: async (_, payload) => {
          asked = payload.length;
          return reply(`${"q".repeat(5_000_000)}end`);
        },
      });
      expect((await pool.run(job)).end).toEqual({ kind: "completed" });
      expect(job.printed.stdout).toBe("2000006 abc xyz\n5000003 end\n");
      expect(asked).toBeGreaterThan(3_000_000);
    });

    it.each([
      ["raise ValueError('no')", { kind: "raised", error: { type: "ValueError", message: "no", line: 1 } }],
      ["import sys; sys.exit(3)", { kind: "exited", code: 3 }],
      ["import os; os._exit(4)", { kind: "exited", code: 4 }],
      ["import os; os.abort()", { kind: "stopped", reason: "crashed" }],
      ["print('x' * 2_000_000)", { kind: "stopped", reason: "output" }],
    ])("of %j tells how it ended", async (source, end) => {
      expect((await pool.run(createJob(source))).end).toMatchObject(end);
      await expectUnharmed();
    });

    it("that sleeps ends in time, and its seat is kept", async () => {
      const seats = await endedWhile(async () => {
        const { end } = await pool.run(createJob("import time; time.sleep(60)", { wallTimeMs: 500 }));
        expect(end).toMatchObject({ kind: "stopped", reason: "timeout" });
      });
      expect(seats).toEqual([]);
      await expectUnharmed();
    });

    it("is heard of as it goes on", async () => {
      const job = createJob(`print("first", flush=True)\n${callOnce}`, { door: silence });
      const abort = new AbortController();
      const run = pool.run({ ...job, signal: abort.signal });
      await job.called;
      expect(job.printed.stdout).toBe("first\n");
      abort.abort();
      await run;
    });

    it("that prints in a hundred thousand pieces loses none of them", async () => {
      const source = "import os\nfor i in range(100_000): os.write(1, b'.')\nprint('done')";
      const job = createJob(source);
      expect((await pool.run(job)).end).toEqual({ kind: "completed" });
      expect(job.printed.stdout).toBe(`${".".repeat(100_000)}done\n`);
    });

    it.each([
      ["sends something out", "send_output('x')"],
      ["asks something", "list_models()"],
    ])("that prints and %s, again and again, is not taken for one that lies", async (_, call) => {
      const asked: string[] = [];
      const job = createJob(`from platform_sdk import *\nfor i in range(5_000): print(i); ${call}`, {
        async door(op) {
          asked.push(op);
          return accepted;
        },
      });
      expect((await pool.run(job)).end).toEqual({ kind: "completed" });
      expect(job.printed.stdout.split("\n")).toHaveLength(5_001);
      expect(asked).toHaveLength(5_000);
    });

    it("that sends something out without end leaves others on its host's thread their turns", async () => {
      let inThisTurn = 0;
      let most = 0;
      const job = createJob("from platform_sdk import *\nfor i in range(20_000): send_output('')", {
        async door() {
          if (inThisTurn === 0) setImmediate(() => (inThisTurn = 0));
          inThisTurn += 1;
          most = Math.max(most, inThisTurn);
          return accepted;
        },
      });
      expect((await pool.run(job)).end).toEqual({ kind: "completed" });
      expect(most).toBeLessThan(1_000);
    });
  });

  describe("a guest that never comes back", () => {
    it("is ended after its wall time", async () => {
      const job = createJob(forever, { wallTimeMs: 100 });
      expect(
        await endedWhile(async () => {
          const { end, usage } = await pool.run(job);
          expect(end).toMatchObject({ reason: "timeout", message: "it took longer than 100 ms" });
          expect(usage.wallMs).toBeGreaterThanOrEqual(100);
        }),
      ).toEqual(["stopped"]);
      await expectUnharmed();
    });

    it("is ended after its compute time, of which waiting is no part", async () => {
      const door = async () => {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return accepted;
      };
      const patient = createJob(callOnce, { door, computeMs: 400 });
      expect((await pool.run(patient)).end).toEqual({ kind: "completed" });
      const { end, usage } = await pool.run(createJob(`${callOnce}\n${forever}`, { door, computeMs: 400 }));
      expect(end).toMatchObject({ reason: "compute", message: "it computed for longer than 400 ms" });
      expect(usage.waitMs).toBeGreaterThan(490);
      expect(usage.computeMs).toBeGreaterThanOrEqual(400);
    });

    it("is ended when its run is aborted, and no listener stays", async () => {
      const abort = new AbortController();
      const job = createJob(forever, { signal: abort.signal });
      const run = pool.run(job);
      await job.started;
      abort.abort();
      expect((await run).end).toEqual(aborted);
      expect(getEventListeners(abort.signal, "abort")).toEqual([]);
      await expectUnharmed();
    });
  });

  describe("a guest that waits for an answer", () => {
    it.each([
      ["its wall time", () => ({ wallTimeMs: 100 }), "timeout"],
      ["an abort", () => ({ signal: AbortSignal.timeout(100) }), "aborted"],
    ])("comes back after %s, and its seat is kept", async (_, parts, reason) => {
      const seats = await endedWhile(async () => {
        const job = createJob(
          `try:\n  print(1)\n  ${callOnce.replace("\n", "\n  ")}\nexcept BaseException: print(2)`,
          {
            door: silence,
            ...parts(),
          },
        );
        const { end, usage } = await pool.run(job);
        expect(end).toMatchObject({ kind: "stopped", reason });
        expect(usage.peakMemoryBytes).toBeGreaterThan(1e6);
        expect(job.printed.stdout).toBe("1\n");
      });
      expect(seats).toEqual([]);
      await expectUnharmed();
    });

    it("comes back when the door says so", async () => {
      const job = createJob(callOnce, { door: async () => ({ stop: "output" }) });
      expect((await pool.run(job)).end).toMatchObject({ kind: "stopped", reason: "output" });
      await expectUnharmed();
    });

    it("is not answered twice, or after its run is over", async () => {
      let answer: (given: typeof accepted) => void = () => {};
      const job = createJob(callOnce, {
        wallTimeMs: 100,
        door: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      });
      expect((await pool.run(job)).end).toMatchObject({ reason: "timeout" });
      answer(accepted);
      answer(accepted);
      await expectUnharmed();
    });

    it("of a door that rejects has the run reject with what it says", async () => {
      const mistake = new Error("the host's");
      await expect(pool.run(createJob(callOnce, { door: () => Promise.reject(mistake) }))).rejects.toBe(
        mistake,
      );
      await expectUnharmed();
    });
  });

  it("is replaced by a seat that is ready when a guest has to be ended", async () => {
    await settled();
    const job = createJob(forever, { wallTimeMs: 50 });
    const stopped = pool.run(job);
    const next = createJob("print('next')");
    // It waits: there is one seat for runs, and a spare.
    const following = pool.run(next);
    expect((await stopped).end).toMatchObject({ reason: "timeout" });
    expect(pool.stats().starting).toBe(0);
    expect((await following).end).toEqual({ kind: "completed" });
  });

  it("ends a seat whose guest has grown large, and takes another", async () => {
    const seats = await endedWhile(() => pool.run(createJob("x = bytearray(80_000_000)")));
    expect(seats).toEqual(["spent"]);
    await expectUnharmed();
  });

  it("is heard to its end, even if its seat has ended meanwhile", async () => {
    await using pool = await createPool({ seat, seats: 2, spares: 0, memoryMb: 128, warmUpMs: 0 });
    const sleepThen = (seconds: number, then: string) => `import time\ntime.sleep(${seconds})\n${then}`;
    const ending = pool.run(createJob(sleepThen(0.4, "x = bytearray(80_000_000)")));
    // The engine hears of what seats have written, then of threads that ended. Here both happen in between.
    const print = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
    const disturbing = pool.run(createJob(sleepThen(0.2, "print('now')"), { print }));
    expect((await ending).end).toEqual({ kind: "completed" });
    expect((await disturbing).end).toEqual({ kind: "completed" });
  });

  it("keeps no more memory than it says", async () => {
    const job = createJob("try:\n  x = bytearray(200_000_000)\nexcept MemoryError: print('no')");
    const { end, usage } = await pool.run(job);
    expect([end.kind, job.printed.stdout]).toEqual(["completed", "no\n"]);
    expect(usage.peakMemoryBytes).toBeLessThan(128 * 2 ** 20);
  });
});

describe.skipIf(!isForged).each(seatKinds)("a session in a pool of seats, each a %s", (seat) => {
  it("goes on where it was, in whichever seat, until its state cannot be kept", async () => {
    await using pool = await createPool({ seat, seats: 2, spares: 0, warmUpMs: 0 });
    const turn = async (source: string, session: NonNullable<Parameters<Pool["run"]>[0]["session"]>) => {
      const job = createJob(source, { session });
      return { ...(await pool.run(job)), printed: job.printed.stdout };
    };
    let result: JobResult & { printed: string } = await turn("x = 1\ndef show(): print('x is', x)", {});
    expect(result.delta?.length).toBeGreaterThan(0);
    for (let x = 2; x < 6; x++) {
      result = await turn("x += 1\nshow()", { delta: result.delta ?? new Uint8Array() });
      expect(result.printed).toBe(`x is ${x}\n`);
    }
    const raised = await turn("x = 9\nraise ValueError", { delta: result.delta ?? new Uint8Array() });
    expect(raised.end.kind).toBe("raised");
    expect((await turn("show()", { delta: raised.delta ?? new Uint8Array() })).printed).toBe("x is 9\n");

    const stopped = await turn("import os; os._exit(0)", { delta: raised.delta ?? new Uint8Array() });
    expect(stopped.delta).toBeUndefined();
    const large = await turn("y = bytes(range(256)) * 10_000", { maxDeltaBytes: 100_000 });
    expect([large.end.kind, large.delta]).toEqual(["completed", undefined]);
    expect(large.refusedDeltaBytes).toBeGreaterThan(2_000_000);
  });

  it("is refused where its state is none, and the seat goes on", async () => {
    await using pool = await createPool({ seat, seats: 1, spares: 0, warmUpMs: 0 });
    const job = createJob("x = 1", { session: { delta: new Uint8Array(1000) } });
    await expect(pool.run(job)).rejects.toMatchObject({ code: "session_refused" });
    expect((await pool.run(createJob("print(1)"))).end).toEqual({ kind: "completed" });
    expect(pool.stats().runs).toBe(2);
  });
});

describe.each(seatKinds)("a pool on the fallback, each seat a %s", (seat) => {
  it("runs plugins, ends those that never come back, and goes on", async () => {
    await using pool = await createPool({ runtime: "stock", seat, seats: 1, spares: 0, warmUpMs: 0 });
    expect(pool.runtime).toEqual({ name: "stock", imageHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    for (let turn = 0; turn < 2; turn++) {
      const job = createJob(callOnce, { door: async () => reply(["llama"]) });
      expect((await pool.run(job)).end).toEqual({ kind: "completed" });
      expect(job.printed.stdout).toBe("['llama']\n");
      const stuck = createJob(`${callOnce}\n${forever}`, { computeMs: 500 });
      expect((await pool.run(stuck)).end).toMatchObject({ kind: "stopped", reason: "compute" });
    }
  });
});

describe("closing a pool while a hundred runs are in flight", () => {
  it.each(seatKinds)("settles all of them, and leaves no %s", async (seat) => {
    const pool = await createPool({ seat, seats: 2, spares: 1, warmUpMs: 0 });
    const jobs = Array.from({ length: 100 }, (_, at) =>
      createJob(at % 2 ? forever : callOnce, { door: silence }),
    );
    const runs = jobs.map((job) => pool.run(job).catch((error: unknown) => error));
    await Promise.all([jobs[0]?.started, jobs[1]?.started]);
    await pool.close();
    const ends = await Promise.all(runs);
    expect(ends.slice(0, 2)).toEqual(Array(2).fill(expect.objectContaining({ end: aborted })));
    expect(ends.slice(2)).toEqual(Array(98).fill(expect.objectContaining({ code: "closed" })));
  });
});

describe("a pool that cannot be", () => {
  it.each([
    [{ seats: 0 }, "invalid_options", "seats"],
    [{ memoryMb: 1 }, "invalid_options", "memoryMb"],
    [{ queueMs: Number.NaN }, "invalid_options", "queueMs"],
    [{ seat: "fiber" as "thread" }, "invalid_options", "seat"],
    [{ runtime: "forged", image: "/nowhere" }, "runtime_unavailable", "manifest.json"],
  ] as const)("says so for %j", async (options, code, says) => {
    await expect(createPool(options)).rejects.toMatchObject({
      name: "ForgeError",
      code,
      message: expect.stringContaining(says),
    });
  });
});
