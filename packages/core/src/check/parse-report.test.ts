import { describe, expect, it } from "vitest";
import { maxReportBytes, parseReport } from "./parse-report.js";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const problem = {
  code: "syntax",
  severity: "error",
  message: "m",
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
};
const report = { problems: [problem], imports: ["os"], calls: 1, importable: { asyncio: true } };

describe("a report on a plugin", () => {
  it("is taken when it has its form", () => {
    expect(parseReport(bytes(report))).toEqual({
      report: { ok: false, problems: [problem], imports: ["os"], estimatedCalls: 1 },
      importable: new Map([["asyncio", true]]),
    });
    const warning = { ...report, problems: [{ ...problem, severity: "warning" }] };
    expect(parseReport(bytes(warning))?.report.ok).toBe(true);
  });

  it("is one line a problem, whatever the plugin put into it", () => {
    const message = "a\r\n\u001b[2Jb\u202ec\u2028d";
    const parsed = parseReport(bytes({ ...report, problems: [{ ...problem, message }] }));
    expect(parsed?.report.problems[0]?.message).toBe("a [2Jb c d");
  });

  it.each([
    ["nothing", ""],
    ["something else", "[]"],
    ["half of one", JSON.stringify(report).slice(0, -5)],
    ["another code", JSON.stringify({ ...report, problems: [{ ...problem, code: "fine" }] })],
    ["a line that is none", JSON.stringify({ ...report, problems: [{ ...problem, line: 0 }] })],
    ["a line beyond all", JSON.stringify({ ...report, problems: [{ ...problem, line: 1e300 }] })],
    [
      "a message without end",
      JSON.stringify({ ...report, problems: [{ ...problem, message: "x".repeat(1_001) }] }),
    ],
    ["problems without end", JSON.stringify({ ...report, problems: Array(201).fill(problem) })],
    ["more than is asked", JSON.stringify({ ...report, ok: true })],
    ["a number of calls that is none", JSON.stringify({ ...report, calls: -1 })],
    ["one that is too large", JSON.stringify({ ...report, imports: ["x".repeat(maxReportBytes)] })],
    ["a prototype", '{"__proto__": {"problems": []}}'],
  ])("is refused when it is %s", (_, text) => {
    expect(parseReport(new TextEncoder().encode(text))).toBeUndefined();
  });
});
