import { describe, expect, it } from "vitest";
import { ApiError } from "../api/api-error.js";
import type { RunEvent } from "../api/run-event.js";
import type { RunUsage } from "../api/shapes.js";
import { beginRun, mostCalls, onCancel, onEvent, onFailure, type RunView } from "./run-view.js";

const usage: RunUsage = {
  queue_ms: 1,
  wall_ms: 10,
  compute_ms: 4,
  wait_ms: 6,
  peak_memory_bytes: 5_000_000,
  calls: 1,
  prompt_tokens: 3,
  completion_tokens: 4,
  input_bytes: 5,
  output_bytes: 6,
};
const call = (call_id: number) => ({ call_id, op: "call_ai", target: "llama3.2:latest", at_ms: 2 });
const finished = {
  ok: true,
  code: null,
  duration_ms: 5,
  provider: "ollama",
  prompt_tokens: 3,
  completion_tokens: 4,
};
const outcome: RunEvent = {
  type: "outcome",
  run_id: "r",
  status: "failed",
  reason: null,
  success: false,
  output: "",
  error: "ValueError: no (line 2)",
  error_type: "plugin_error",
  line: 2,
  traceback: "…",
  usage,
};

const after = (...events: readonly RunEvent[]): RunView =>
  events.reduce((view, event, at) => onEvent(view, event, at + 1), beginRun(0));

describe("what a page shows of a run", () => {
  it("waits, runs and ends", () => {
    expect(beginRun(0).phase).toBe("asked");
    expect(after({ type: "queued" }).phase).toBe("asked");
    expect(after({ type: "queued" }, { type: "started", run_id: "r" })).toMatchObject({
      phase: "running",
      runId: "r",
      startedAt: 2,
    });
    expect(after(outcome)).toMatchObject({
      phase: "ended",
      endedAt: 1,
      usage,
      end: { status: "failed", line: 2 },
    });
  });

  it("keeps what was printed in its order, pieces of one stream as one", () => {
    const { printed } = after(
      { type: "stdout", text: "a" },
      { type: "stdout", text: "b" },
      { type: "stderr", text: "c" },
      { type: "stdout", text: "d" },
    );
    expect(printed.map(({ stream, text }) => `${stream}:${text}`)).toEqual([
      "stdout:ab",
      "stderr:c",
      "stdout:d",
    ]);
  });

  it("follows each call by itself", () => {
    const { calls } = after(
      { type: "call_started", ...call(1) },
      { type: "call_started", ...call(2) },
      { type: "tokens", call_id: 2, text: "Hel" },
      { type: "tokens", call_id: 1, text: "Yes" },
      { type: "tokens", call_id: 2, text: "lo" },
      { type: "call_finished", ...call(2), ...finished },
      { type: "call_denied", ...call(3), code: "too_many_calls", reason: "enough" },
    );
    expect(calls).toMatchObject([
      { call_id: 1, state: "open", text: "Yes" },
      { call_id: 2, state: "served", text: "Hello", duration_ms: 5 },
      { call_id: 3, state: "denied", code: "too_many_calls", told: "enough" },
    ]);
  });

  it("has an end, whatever comes without one", () => {
    const endless = Array.from(
      { length: mostCalls + 50 },
      (_, id): RunEvent => ({ type: "call_started", ...call(id) }),
    );
    expect(after(...endless).calls).toHaveLength(mostCalls);
    const logs = Array.from(
      { length: 1_000 },
      (): RunEvent => ({ type: "log", level: "info", message: "x" }),
    );
    expect(after(...logs).logs.length).toBeLessThan(500);
    const text = "x".repeat(15_000);
    const said = after(
      { type: "call_started", ...call(1) },
      { type: "tokens", call_id: 1, text },
      { type: "tokens", call_id: 1, text },
      { type: "tokens", call_id: 1, text },
    );
    expect(said.calls[0]?.text.length).toBe(20_000);
  });

  it("leaves no call open that nobody waits for any more", () => {
    const going = after({ type: "started", run_id: "r" }, { type: "call_started", ...call(1) });
    expect(onCancel(going, 9)).toMatchObject({
      phase: "ended",
      end: { status: "stopped", reason: "cancelled" },
      calls: [{ state: "failed", code: "aborted" }],
    });
    expect(onFailure(going, new ApiError(0, "lost"), 9)).toMatchObject({
      phase: "ended",
      failure: { message: "lost" },
      calls: [{ state: "failed" }],
    });
  });

  it("does not call cancelled what was over before", () => {
    expect(onCancel(after(outcome), 9).end?.status).toBe("failed");
  });

  it("tells a fault of the server from one of the plugin", () => {
    expect(after({ type: "problem", detail: "The disk is full." })).toMatchObject({
      phase: "ended",
      end: undefined,
      failure: { status: 500, message: "The disk is full." },
    });
  });
});
