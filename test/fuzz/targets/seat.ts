/** A seat that was taken over, as its pool hears it. */
import fc from "fast-check";
import { SeatPool } from "../../../packages/core/src/pool/seat-pool.js";
import { fromSeat } from "../../../packages/core/src/seat/kinds.js";
import { fakeSeats, honest } from "../../../packages/core/src/test/fake-seats.js";
import { createJob } from "../../../packages/core/src/test/jobs.js";
import { assert } from "../assert.js";
import { valuesTarget } from "../target.js";

interface Said {
  readonly kind: number;
  readonly head: string;
  readonly bodyBytes: number;
  /** Of the frame, so many bytes are left out at its end. */
  readonly cut: number;
}

const options = {
  seats: 1,
  seatsPerTenant: 1,
  spares: 0,
  memoryMb: 64,
  queueLength: 10,
  queueMs: 30_000,
  maxRunsPerSeat: 0,
  maxSeatAgeMs: 0,
};
const runtime = { name: "forged", imageHash: "0123" } as const;
const ends = ["completed", "raised", "exited", "stopped"];

const small = fc.oneof(
  fc.constantFrom(0, 1, -1, 1e12, 0.5),
  fc.integer(),
  fc.constant("1"),
  fc.constant(null),
);
const error = fc.record(
  { type: fc.oneof(fc.constant("E"), small), message: fc.string(), traceback: fc.string(), line: small },
  { requiredKeys: ["type", "message"] },
);
const report = fc.record(
  {
    end: fc.record(
      {
        kind: fc.constantFrom("completed", "raised", "exited", "stopped", "crashed", "won"),
        code: small,
        error,
        reason: fc.constantFrom("memory", "timeout", "output", "lunch"),
        cause: fc.constantFrom("trap", "stack", "abort", "lunch"),
        message: fc.string(),
      },
      { requiredKeys: ["kind"] },
    ),
    computeMs: small,
    peakMemoryBytes: small,
    hasDelta: fc.constantFrom(false, false, true, 1),
    refusedDeltaBytes: small,
  },
  { requiredKeys: ["end", "computeMs", "peakMemoryBytes", "hasDelta"] },
);
const good = { end: { kind: "completed" }, computeMs: 1, peakMemoryBytes: 1_000, hasDelta: false };

const said: fc.Arbitrary<Said> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...Object.values(fromSeat)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
  ),
  head: fc.oneof(
    fc.constantFrom("", "call_ai", "list_models", JSON.stringify(good)),
    report.map((one) => JSON.stringify(one)),
    fc.string({ unit: "binary", maxLength: 30 }),
  ),
  bodyBytes: fc.constantFrom(0, 0, 0, 1, 9, 65_536, 65_537),
  cut: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) },
  ),
});

export const seatTarget = valuesTarget<readonly Said[]>({
  name: "seat",
  about:
    "Whatever a seat says, its run has one end, and the next run has another seat or one that is as good.",
  values: fc.array(said, { minLength: 1, maxLength: 12 }),
  open: async () => ({
    async check(all) {
      let isFirst = true;
      const { seats, open } = fakeSeats({
        onRun(seat) {
          if (!isFirst) return honest(seat);
          isFirst = false;
          for (const { kind, head, bodyBytes, cut } of all) {
            const frame = frameOf(kind, head, bodyBytes);
            seat.sayBytes(frame.subarray(0, Math.max(0, frame.length - cut)));
          }
          // Whoever has not ended its run by then never would.
          queueMicrotask(() => seat.die());
        },
      });
      const pool = await SeatPool.open(runtime, options, open);
      const job = createJob("");
      const { end, usage } = await pool.run(job);
      assert(ends.includes(end.kind), `a run ended as ${end.kind}`);
      const isPossible =
        usage.computeMs >= 0 && usage.computeMs <= usage.wallMs && usage.peakMemoryBytes <= 64 << 20;
      assert(isPossible, `a run has used ${JSON.stringify(usage)}`);
      const printed = job.printed.stdout.length + job.printed.stderr.length;
      assert(printed <= 2_000_000, "more was printed than may be");
      const next = await pool.run(createJob(""));
      assert(next.end.kind === "completed", `the next run ended as ${next.end.kind}`);
      await pool.close();
      assert(
        seats.every(({ isKilled }) => isKilled),
        "a seat was left behind",
      );
    },
    close() {},
  }),
});

function frameOf(kind: number, head: string, bodyBytes: number): Uint8Array {
  const text = new TextEncoder().encode(head);
  const frame = new Uint8Array(9 + text.length + bodyBytes).fill(65);
  const view = new DataView(frame.buffer);
  view.setUint8(0, kind);
  view.setUint32(1, text.length, true);
  view.setUint32(5, bodyBytes, true);
  frame.set(text, 9);
  return frame;
}
