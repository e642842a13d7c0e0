import type { Outcome } from "@wasmforge/core";
import { toErrorMessage } from "./run-record.js";

/** How the first WasmForge tells the ways in which a run can go wrong. */
export const errorTypes = [
  "timeout",
  "plugin_error",
  "runtime_error",
  "sandbox_violation",
  "cancelled",
] as const;

export interface RunAnswer {
  readonly success: boolean;
  readonly output: string;
  readonly error: string | null;
  readonly error_type: (typeof errorTypes)[number] | null;
}

export function toRunAnswer(outcome: Outcome, output: string): RunAnswer {
  return {
    success: outcome.status === "completed",
    output,
    error: toErrorMessage(outcome),
    error_type: toErrorType(outcome),
  };
}

function toErrorType(outcome: Outcome): RunAnswer["error_type"] {
  if (outcome.status === "completed") return null;
  if (outcome.status === "failed") return "plugin_error";
  switch (outcome.reason) {
    case "timeout":
    case "compute":
      return "timeout";
    case "memory":
    case "output":
      return "sandbox_violation";
    case "aborted":
      return "cancelled";
    default:
      return "runtime_error";
  }
}
