import type { Outcome, RunEvent } from "@wasmforge/core";
import { z } from "zod";
import { errorTypes, toItemText, toRunAnswer } from "../../runs/index.js";
import { runUsage } from "./run-shapes.js";

const call = {
  call_id: z.int(),
  op: z.string(),
  target: z.string().nullable().meta({ description: "The model, or the tool." }),
  at_ms: z.number().meta({ description: "Since the run began." }),
};

/** What `POST /api/plugins/run/stream` sends: each event by its type, with this as its data. */
export const runEvent = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("queued") }),
    z.object({ type: z.literal("started"), run_id: z.uuid() }),
    z.object({ type: z.enum(["stdout", "stderr"]), text: z.string() }),
    z.object({
      type: z.literal("output"),
      kind: z.enum(["text", "json"]),
      text: z.string().meta({ description: "As Python writes it." }),
      value: z.unknown().optional().meta({ description: "Of kind `json`: the value itself." }),
    }),
    z.object({ type: z.literal("progress"), fraction: z.number(), message: z.string() }),
    z.object({
      type: z.literal("log"),
      level: z.enum(["debug", "info", "warning", "error"]),
      message: z.string(),
    }),
    z.object({ type: z.literal("call_started"), ...call }),
    z.object({ type: z.literal("tokens"), call_id: z.int(), text: z.string() }),
    z.object({
      type: z.literal("call_finished"),
      ...call,
      ok: z.boolean(),
      code: z.string().nullable(),
      duration_ms: z.number(),
      provider: z.string().nullable(),
      prompt_tokens: z.int().nullable(),
      completion_tokens: z.int().nullable(),
    }),
    z.object({ type: z.literal("call_denied"), ...call, code: z.string(), reason: z.string() }),
    z
      .object({
        type: z.literal("outcome"),
        run_id: z.uuid(),
        status: z.enum(["completed", "failed", "stopped"]),
        reason: z.string().nullable().meta({ description: "Why it was stopped." }),
        success: z.boolean(),
        output: z.string().meta({ description: "What it sent as its output." }),
        error: z.string().nullable(),
        error_type: z.enum(errorTypes).nullable(),
        line: z.int().nullable().meta({ description: "Where in the plugin it failed." }),
        traceback: z.string().nullable(),
        usage: runUsage,
      })
      .meta({ description: "The last one." }),
    z
      .object({ type: z.literal("problem"), detail: z.string() })
      .meta({ description: "The last one, where something failed on the server." }),
  ])
  .meta({ id: "RunEvent" });

export type RunEventAnswer = z.output<typeof runEvent>;

export function toEventAnswer(event: RunEvent, input: { readonly inputBytes: number }): RunEventAnswer {
  switch (event.type) {
    case "started":
      return { type: "started", run_id: event.runId };
    case "stdout":
    case "stderr":
    case "progress":
    case "log":
      return event;
    case "output":
      return {
        type: "output",
        kind: event.item.kind,
        text: toItemText(event.item),
        ...(event.item.kind === "json" && { value: event.item.value }),
      };
    case "tokens":
      return { type: "tokens", call_id: event.callId, text: event.text };
    case "call_started":
      return { type: "call_started", ...toCall(event.call) };
    case "call_denied":
      return { type: "call_denied", ...toCall(event.call), code: event.code, reason: event.reason };
    case "call_finished":
      return {
        type: "call_finished",
        ...toCall(event.call),
        ok: event.result.ok,
        code: event.result.code ?? null,
        duration_ms: event.result.durationMs,
        provider: event.result.provider ?? null,
        prompt_tokens: event.result.promptTokens ?? null,
        completion_tokens: event.result.completionTokens ?? null,
      };
    case "outcome":
      return toOutcome(event.outcome, input);
  }
}

function toCall({ callId, op, target, atMs }: Extract<RunEvent, { readonly type: "call_started" }>["call"]) {
  return { call_id: callId, op, target: target ?? null, at_ms: atMs };
}

function toOutcome(outcome: Outcome, { inputBytes }: { readonly inputBytes: number }): RunEventAnswer {
  const { usage } = outcome;
  const failure = outcome.status === "failed" ? outcome.error : undefined;
  return {
    type: "outcome",
    run_id: outcome.runId,
    status: outcome.status,
    reason: outcome.status === "stopped" ? outcome.reason : null,
    ...toRunAnswer(outcome, outcome.output),
    line: failure?.line ?? null,
    traceback: failure?.traceback ?? null,
    usage: {
      queue_ms: usage.queueMs,
      wall_ms: usage.wallMs,
      compute_ms: usage.computeMs,
      wait_ms: usage.waitMs,
      peak_memory_bytes: usage.peakMemoryBytes,
      calls: usage.calls,
      prompt_tokens: usage.promptTokens,
      completion_tokens: usage.completionTokens,
      input_bytes: inputBytes,
      output_bytes: usage.outputBytes,
    },
  };
}
