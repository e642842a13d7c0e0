import { ApiError } from "../api/api-error.js";
import type { CallTold, LogLevel, OutputEvent, RunEvent } from "../api/run-event.js";
import type { RunStatus, RunUsage } from "../api/shapes.js";

/** What a page shows of a run, from the request to the end. */
export interface RunView {
  readonly phase: "asked" | "running" | "ended";
  /** These three by the page's clock. */
  readonly askedAt: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly runId: string | undefined;
  readonly outputs: readonly OutputEvent[];
  readonly printed: readonly Printed[];
  readonly progress: { readonly fraction: number; readonly message: string } | undefined;
  readonly logs: readonly { readonly level: LogLevel; readonly message: string }[];
  readonly calls: readonly CallView[];
  readonly end: RunEnd | undefined;
  /** Absent also when the page did not wait for the end. */
  readonly usage: RunUsage | undefined;
  /** There was no run, or the page lost sight of it. */
  readonly failure: ApiError | undefined;
}

export interface Printed {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export interface CallView extends CallTold {
  readonly state: "open" | "served" | "failed" | "denied";
  /** What the model has said so far. */
  readonly text: string;
  readonly code: string | null;
  /** What the plugin was told of a call that was denied. */
  readonly told?: string;
  readonly duration_ms?: number;
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
}

export interface RunEnd {
  readonly status: RunStatus;
  readonly reason: string | null;
  readonly error: string | null;
  readonly line: number | null;
  readonly traceback: string | null;
}

/** More than this of one answer is not kept: the plugin gets it all, the page only shows how it is going. */
const mostCallChars = 20_000;
/** More than these are counted, and not drawn. */
export const mostCalls = 200;
const mostLogs = 200;

export function beginRun(now: number): RunView {
  return {
    phase: "asked",
    askedAt: now,
    startedAt: undefined,
    endedAt: undefined,
    runId: undefined,
    outputs: [],
    printed: [],
    progress: undefined,
    logs: [],
    calls: [],
    end: undefined,
    usage: undefined,
    failure: undefined,
  };
}

export function onEvent(view: RunView, event: RunEvent, now: number): RunView {
  switch (event.type) {
    case "queued":
      return view;
    case "started":
      return { ...view, phase: "running", startedAt: now, runId: event.run_id };
    case "stdout":
    case "stderr":
      return { ...view, printed: addPrinted(view.printed, { stream: event.type, text: event.text }) };
    case "output":
      return { ...view, outputs: [...view.outputs, event] };
    case "progress":
      return { ...view, progress: event };
    case "log":
      return view.logs.length < mostLogs ? { ...view, logs: [...view.logs, event] } : view;
    case "call_started":
      return withCall(view, { ...event, state: "open", text: "", code: null });
    case "tokens":
      return changeCall(view, event.call_id, ({ text }) =>
        text.length < mostCallChars ? { text: (text + event.text).slice(0, mostCallChars) } : {},
      );
    case "call_finished":
      return changeCall(view, event.call_id, () => ({ ...event, state: event.ok ? "served" : "failed" }));
    case "call_denied":
      return withCall(view, { ...event, state: "denied", text: "", told: event.reason, duration_ms: 0 });
    case "outcome":
      return { ...view, phase: "ended", endedAt: now, end: event, usage: event.usage };
    case "problem":
      return onFailure(view, new ApiError(500, event.detail), now);
  }
}

export function onFailure(view: RunView, failure: ApiError, now: number): RunView {
  return { ...view, phase: "ended", endedAt: now, failure, calls: endCalls(view.calls) };
}

/** The connection was closed, and with it the run. What it cost is in the history. */
export function onCancel(view: RunView, now: number): RunView {
  if (view.phase === "ended") return view;
  const end = { status: "stopped", reason: "cancelled", error: null, line: null, traceback: null } as const;
  return { ...view, phase: "ended", endedAt: now, calls: endCalls(view.calls), end };
}

function endCalls(calls: RunView["calls"]): RunView["calls"] {
  return calls.map((call) => (call.state === "open" ? { ...call, state: "failed", code: "aborted" } : call));
}

function addPrinted(printed: readonly Printed[], next: Printed): readonly Printed[] {
  const last = printed.at(-1);
  return last?.stream === next.stream
    ? [...printed.slice(0, -1), { ...last, text: last.text + next.text }]
    : [...printed, next];
}

function withCall(view: RunView, call: CallView): RunView {
  return view.calls.length < mostCalls ? { ...view, calls: [...view.calls, call] } : view;
}

function changeCall(view: RunView, callId: number, change: (call: CallView) => Partial<CallView>): RunView {
  return {
    ...view,
    calls: view.calls.map((call) => (call.call_id === callId ? { ...call, ...change(call) } : call)),
  };
}
