/** What a guest says about its own end. It comes from the plugin's side of the wall, so it is believed in form only. */
import type { PluginError, RunEnd } from "./port.js";

/** More than the run loop ever sends; anything larger is not from it. */
export const maxReportBytes = 512 * 1024;

const unreadable: PluginError = {
  type: "RuntimeError",
  message: "the run ended with a report that cannot be read: the plugin interfered with it",
  traceback: "",
};

/** The run loop could not tell of it: it needs a little memory itself. */
const missing: PluginError = {
  type: "RuntimeError",
  message: "the run ended without a report: the plugin left no memory for one, or interfered with it",
  traceback: "",
};

export function parseRunReport(bytes: Uint8Array): RunEnd {
  if (bytes.byteLength === 0) return { kind: "raised", error: missing };
  const report = bytes.byteLength <= maxReportBytes ? parseJson(bytes) : undefined;
  return parseEnd(report) ?? { kind: "raised", error: unreadable };
}

/** Whether the run loop had to let go of all that the plugin kept, to have room for its report. */
export function hasLetGo(bytes: Uint8Array): boolean {
  const report = bytes.byteLength <= maxReportBytes ? parseJson(bytes) : undefined;
  return isRecord(report) && report.hasLetGo === true;
}

/** By hand, not by schema: this is on the way of every run, and loading a schema library takes longer than a run. */
function parseEnd(report: unknown): RunEnd | undefined {
  if (!isRecord(report)) return undefined;
  switch (report.kind) {
    case "completed":
      return { kind: "completed" };
    case "exited":
      return isInt32(report.code) ? { kind: "exited", code: report.code } : undefined;
    case "raised": {
      const error = parseError(report.error);
      return error && { kind: "raised", error };
    }
    default:
      return undefined;
  }
}

function parseError(error: unknown): PluginError | undefined {
  if (!isRecord(error)) return undefined;
  const { type, message, traceback, line } = error;
  if (typeof type !== "string" || typeof message !== "string" || typeof traceback !== "string")
    return undefined;
  if (line !== undefined && !(isInt32(line) && line > 0)) return undefined;
  return {
    type: type.slice(0, 500),
    message: message.slice(0, 5_000),
    traceback: traceback.slice(0, 20_000),
    ...(line !== undefined && { line }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isInt32(value: unknown): value is number {
  return Number.isInteger(value) && value === (Number(value) | 0);
}

const decoder = new TextDecoder();

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}
