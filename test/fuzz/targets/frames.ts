import { jsonWords } from "../../../packages/bridge/src/test/guest-messages.js";
import { encodeFrame, type Frame, FrameError, FrameReader } from "../../../packages/core/src/seat/frame.js";
import { fromSeat } from "../../../packages/core/src/seat/kinds.js";
import { encodeRunReport, parseRunReport } from "../../../packages/core/src/seat/run-report.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

const kinds: ReadonlySet<number> = new Set(Object.values(fromSeat));
const caps = { head: 4_096, body: 65_536 };
const encoder = new TextEncoder();

const report = {
  end: {
    kind: "raised",
    error: { type: "ValueError", message: "no", traceback: "Traceback …", line: 3 },
  },
  computeMs: 1.5,
  peakMemoryBytes: 1e6,
} as const;

const conversations = [
  [encodeFrame(fromSeat.ready), encodeFrame(fromSeat.stdout, undefined, [encoder.encode("printed")])],
  [encodeFrame(fromSeat.call, encoder.encode("call_ai"), [encoder.encode('{"model":"m"}')])],
  [
    encodeRunReport(report),
    encodeRunReport({ ...report, delta: new Uint8Array(40), end: { kind: "completed" } }),
  ],
  [encodeRunReport({ ...report, end: { kind: "stopped", reason: "memory" }, refusedDeltaBytes: 5 })],
  [encodeRunReport({ ...report, end: { kind: "crashed", cause: "trap", message: "unreachable" } })],
  [encodeFrame(fromSeat.fault, encoder.encode("it failed")), encodeFrame(fromSeat.spent)],
];

/** The first byte says in what pieces the rest comes. */
export const framesTarget = bytesTarget({
  name: "frames",
  about: "What comes from a seat is read as the same frames in whatever pieces it comes, or is a FrameError.",
  reaches: /\/packages\/core\/src\/seat\//,
  words: [
    ...jsonWords,
    '"kind":"completed"',
    '"end":',
    '"computeMs":',
    '"hasDelta":true',
    '"code":',
    '"line":',
  ],
  seeds: () =>
    conversations.map((frames) => new Uint8Array(Buffer.concat([Uint8Array.of(7), ...frames.flat()]))),
  open: async () => ({
    check(input) {
      const pieceBytes = 1 + (input[0] ?? 0);
      const bytes = input.slice(1);
      const whole = read([bytes]);
      const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) =>
        bytes.slice(i * pieceBytes, (i + 1) * pieceBytes),
      );
      const inPieces = read(pieces);
      assert(said(whole) === said(inPieces), "frames depend on the pieces that they come in");
      const written = Buffer.concat(
        whole.frames.flatMap(({ kind, head, body }) => encodeFrame(kind, head, [body])),
      );
      assert(written.equals(bytes.subarray(0, written.length)), "a frame is not what was sent");
      for (const frame of whole.frames.filter(({ kind }) => kind === fromSeat.end)) checkReport(frame);
    },
    close() {},
  }),
});

interface Read {
  readonly frames: readonly Frame[];
  readonly isRefused: boolean;
}

function read(pieces: readonly Uint8Array<ArrayBuffer>[]): Read {
  const reader = new FrameReader((kind) => (kinds.has(kind) ? caps : undefined));
  const frames: Frame[] = [];
  try {
    for (const piece of pieces) {
      reader.push(piece);
      for (let frame = reader.next(); frame; frame = reader.next()) frames.push(frame);
    }
    return { frames, isRefused: false };
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    return { frames, isRefused: true };
  }
}

function said({ frames, isRefused }: Read): string {
  const texts = frames.map(
    ({ kind, head, body }) =>
      `${kind} ${Buffer.from(head).toString("hex")} ${Buffer.from(body).toString("hex")}`,
  );
  return `${texts.join("\n")}\n${isRefused}`;
}

function checkReport(frame: Frame): void {
  try {
    const { end, computeMs, peakMemoryBytes } = parseRunReport(frame);
    assert(computeMs >= 0 && peakMemoryBytes >= 0, "a run took less than nothing");
    if (end.kind === "exited") assert(Number.isInteger(end.code), "a run ended with half a code");
    if (end.kind === "raised") assert(typeof end.error.message === "string", "an error has no message");
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
  }
}
