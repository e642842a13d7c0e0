/** What a guest says about its own end. It comes from the plugin's side of the wall, so it is believed in form only. */
import { z } from "zod";
import type { PluginError, RunEnd } from "./port.js";

/** More than the run loop ever sends; anything larger is not from it. */
export const maxReportBytes = 512 * 1024;

const boundedText = (maxLength: number) => z.string().transform((text) => text.slice(0, maxLength));

const reportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("completed") }),
  z.object({ kind: z.literal("exited"), code: z.int32() }),
  z.object({
    kind: z.literal("raised"),
    error: z.object({
      type: boundedText(500),
      message: boundedText(5_000),
      traceback: boundedText(20_000),
      line: z.int32().positive().optional(),
    }),
  }),
]);

const unreadable: PluginError = {
  type: "RuntimeError",
  message: "the run ended with a report that cannot be read: the plugin interfered with it",
  traceback: "",
};

export function parseRunReport(bytes: Uint8Array): RunEnd {
  const report =
    bytes.byteLength <= maxReportBytes ? reportSchema.safeParse(parseJson(bytes)).data : undefined;
  if (report === undefined) {
    return { kind: "raised", error: unreadable };
  }
  if (report.kind !== "raised") {
    return report;
  }
  const { line, ...error } = report.error;
  return { kind: "raised", error: line === undefined ? error : { ...error, line } };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
