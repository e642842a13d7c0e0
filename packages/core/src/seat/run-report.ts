/** How a run ended, from its seat to the host. */
import { fromTextBytes, toTextBytes } from "@wasmforge/bridge/text";
import type { PluginError, RunEnd, StopReason } from "@wasmforge/python-runtime";
import { encodeFrame, type Frame, FrameError } from "./frame.js";
import { fromSeat } from "./kinds.js";

export interface RunReport {
  readonly end: RunEnd;
  /** Time in the guest; waiting for replies is not counted. */
  readonly computeMs: number;
  readonly peakMemoryBytes: number;
  /** The session's state. */
  readonly delta?: Uint8Array;
  /** The session's state would have had so many bytes, which are too many. */
  readonly refusedDeltaBytes?: number;
}

export function encodeRunReport({ delta, ...head }: RunReport): Uint8Array[] {
  const bytes = toTextBytes(JSON.stringify({ ...head, hasDelta: delta !== undefined }));
  return encodeFrame(fromSeat.end, bytes, delta ? [delta] : []);
}

/** In the host, which believes nothing but the form. Throws a `FrameError`. */
export function parseRunReport(frame: Frame): RunReport {
  const { end, computeMs, peakMemoryBytes, hasDelta, refusedDeltaBytes } = record(parseJson(frame.head));
  check(hasDelta === true || frame.body.length === 0);
  return {
    end: parseEnd(record(end)),
    computeMs: atLeastZero(computeMs),
    peakMemoryBytes: atLeastZero(peakMemoryBytes),
    // Of its own: a session's state may be kept for long, and what else came with it need not.
    ...(hasDelta === true && { delta: frame.body.slice() }),
    ...(refusedDeltaBytes !== undefined && { refusedDeltaBytes: atLeastZero(refusedDeltaBytes) }),
  };
}

function parseEnd(end: Record<string, unknown>): RunEnd {
  switch (end.kind) {
    case "completed":
      return { kind: "completed" };
    case "exited":
      check(Number.isInteger(end.code) && Math.abs(Number(end.code)) < 2 ** 32);
      return { kind: "exited", code: Number(end.code) };
    case "raised":
      return { kind: "raised", error: parseError(record(end.error)) };
    case "stopped":
      return { kind: "stopped", reason: oneOf(stopReasons, end.reason) };
    case "crashed":
      return { kind: "crashed", cause: oneOf(crashCauses, end.cause), message: text(end.message, 1000) };
    default:
      throw new FrameError("the end of a run is none that there is");
  }
}

function parseError({ type, message, traceback, line }: Record<string, unknown>): PluginError {
  check(line === undefined || (Number.isInteger(line) && Number(line) > 0));
  return {
    type: text(type, 500),
    message: text(message, 5_000),
    traceback: text(traceback, 20_000),
    ...(line !== undefined && { line: Number(line) }),
  };
}

const stopReasons: readonly StopReason[] = ["output", "timeout", "memory", "aborted"];
const crashCauses = ["abort", "trap", "stack"] as const;

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromTextBytes(bytes));
  } catch {
    throw new FrameError("the end of a run is no JSON");
  }
}

function check(holds: boolean): asserts holds {
  if (!holds) throw new FrameError("the end of a run has a field that cannot be");
}

function record(value: unknown): Record<string, unknown> {
  check(typeof value === "object" && value !== null);
  return value as Record<string, unknown>;
}

function text(value: unknown, maxChars: number): string {
  check(typeof value === "string" && value.length <= maxChars);
  return value;
}

function atLeastZero(value: unknown): number {
  check(typeof value === "number" && value >= 0);
  return value;
}

function oneOf<T>(known: readonly T[], value: unknown): T {
  const found = known.find((one) => one === value);
  check(found !== undefined);
  return found;
}
