/** The report comes from where the plugin's text was read, so it may be the plugin's: it is believed in form only. */
import { fromTextBytes } from "@wasmforge/bridge";
import { z } from "zod";
import type { CheckReport } from "./check-report.js";

export const maxReportBytes = 256 * 1024;

const position = z.int().min(1).max(100_000_000);
const name = z.string().max(200);

const reportSchema = z.strictObject({
  problems: z
    .array(
      z.strictObject({
        code: z.enum([
          "syntax",
          "too_complex",
          "import_unknown",
          "import_absent",
          "import_denied",
          "sdk_name",
          "sdk_arguments",
        ]),
        severity: z.enum(["error", "warning"]),
        message: z.string().max(1_000),
        line: position,
        column: position,
        endLine: position,
        endColumn: position,
      }),
    )
    .max(200),
  imports: z.array(name).max(10_000),
  calls: z.int().min(1).max(1_000_000),
  importable: z.record(name, z.boolean()),
});

export interface ParsedReport {
  readonly report: CheckReport;
  /** Modules that were tried, and whether they can be imported. */
  readonly importable: ReadonlyMap<string, boolean>;
}

export function parseReport(bytes: Uint8Array): ParsedReport | undefined {
  const parsed = reportSchema.safeParse(parseJson(bytes));
  if (!parsed.success) return undefined;
  const { problems, imports, calls, importable } = parsed.data;
  const report: CheckReport = {
    ok: problems.every(({ severity }) => severity !== "error"),
    problems: problems.map((problem) => ({ ...problem, message: oneLine(problem.message) })),
    imports,
    estimatedCalls: calls,
  };
  return { report, importable: new Map(Object.entries(importable)) };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, " ");
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return bytes.byteLength <= maxReportBytes ? JSON.parse(fromTextBytes(bytes)) : undefined;
  } catch {
    return undefined;
  }
}
