import { describe, expect, it } from "vitest";
import { hasLetGo, maxReportBytes, parseRunReport } from "./run-report.js";

const parse = (text: string) => parseRunReport(new TextEncoder().encode(text));
const unreadable = { kind: "raised", error: { type: "RuntimeError" } };

describe("a guest's report on its end", () => {
  it.each([
    { kind: "completed" },
    { kind: "exited", code: -1 },
    { kind: "raised", error: { type: "ValueError", message: "m \ud800", traceback: "t", line: 3 } },
    { kind: "raised", error: { type: "ValueError", message: "", traceback: "" } },
  ])("is taken at its word where it only speaks of itself: %j", (report) => {
    expect(parse(JSON.stringify(report))).toEqual(report);
  });

  it.each([
    "",
    "null",
    "[]",
    "{",
    '{"kind":"stopped","reason":"memory"}',
    '{"kind":"crashed","cause":"abort","message":""}',
    '{"kind":"exited"}',
    '{"kind":"exited","code":"0"}',
    '{"kind":"exited","code":1e300}',
    '{"kind":"raised","error":{"type":1,"message":"","traceback":""}}',
    '{"kind":"raised","error":{"type":"","message":"","traceback":"","line":-1}}',
  ])("is not believed to be one otherwise: %s", (text) => {
    expect(parse(text)).toMatchObject(unreadable);
  });

  it("may be missing where there was no memory for it, which is not the same as one that was spoiled", () => {
    expect(parse("")).toMatchObject({
      kind: "raised",
      error: { message: expect.stringContaining("no memory") },
    });
    expect(parse("x")).not.toMatchObject({ error: { message: expect.stringContaining("no memory") } });
  });

  it.each([
    ['{"kind":"raised","hasLetGo":true}', true],
    ['{"kind":"raised","hasLetGo":1}', false],
    ['{"kind":"raised"}', false],
    ["null", false],
    ["{", false],
  ])("says whether the plugin's state is gone: %s", (text, expected) => {
    expect(hasLetGo(new TextEncoder().encode(text))).toBe(expected);
  });

  it("carries nothing beyond what belongs in it", () => {
    expect(parse('{"kind":"completed","path":"/home"}')).toEqual({ kind: "completed" });
  });

  it("is bounded, whatever the guest sends", () => {
    const report = (length: number) => {
      const text = "x".repeat(length);
      return parse(JSON.stringify({ kind: "raised", error: { type: text, message: text, traceback: text } }));
    };
    const end = report(100_000);
    expect(end.kind === "raised" && end.error.traceback.length).toBe(20_000);
    expect(JSON.stringify(end).length).toBeLessThan(30_000);
    expect(report(maxReportBytes)).toMatchObject(unreadable);
  });
});
