import { describe, expect, it } from "vitest";
import { judge, type Observed, readings } from "./judge.js";
import type { Probe } from "./manifest.js";

const probe: Probe = {
  id: "example",
  source: Buffer.from("send_output('BREACH:' if bad else 'HELD:')"),
  input: undefined,
  timeoutMs: 1_000,
  memoryMb: 64,
  maxOutputBytes: 1_000,
  maxAiCalls: 10,
  after: undefined,
  runTwice: false,
  twiceMustDiffer: false,
  noImports: false,
  isSlow: false,
  expectedOutput: undefined,
  breachWords: ["FORGED"],
  forbiddenInError: ["/tmp/"],
  outcomes: ["held", "timeout"],
  maxAiCallsSeen: 2,
};

const good: Observed = {
  end: "ok",
  transcript: [{ kind: "sent", text: "HELD:fine" }],
  stderr: "",
  isOutcomeComplete: true,
  error: "",
  elapsedMs: 10,
  peakMemoryBytes: 2 ** 20,
  modelRequests: 2,
  modelReplies: [],
};

const sent = (text: string): Partial<Observed> => ({ transcript: [{ kind: "sent", text }] });
const complaints = (seen: Partial<Observed>, expected: Partial<Probe> = {}) =>
  judge({ ...probe, ...expected }, { ...good, ...seen }, ["CANARY-1"]).join("\n");

describe("a run", () => {
  it("without a flaw gets no complaint", () => {
    expect(complaints({})).toBe("");
    expect(complaints({ end: "timeout", transcript: [] })).toBe("");
  });

  it.each<[string, Partial<Observed>, string]>([
    ["whose output begins otherwise", sent("INFO:x"), "expected held or timeout, came info/ok"],
    ["that ends otherwise", { end: "crash_contained", error: "trap" }, 'came crash_contained ("trap")'],
    ["that says BREACH: anywhere in its output", sent("HELD:\nBREACH:got it"), "no BREACH:"],
    ["that says BREACH: on stderr", { stderr: "x\nBREACH:got it\n" }, "no BREACH:"],
    ["whose output has a word that the probe forbids", sent("HELD:FORGED"), 'no "FORGED" in the output'],
    ["whose error has a word that the probe forbids", { error: "in /tmp/x" }, 'no "/tmp/" in the error'],
    ["that shows a canary on stderr", { stderr: "it is CANARY-1" }, "no canary"],
    ["that made too many model requests", { modelRequests: 3 }, "at most 2 model requests, came 3"],
    ["that came back too late", { elapsedMs: 3_001 }, "an end within 1000 + 2000 ms"],
    ["whose outcome lacks something", { isOutcomeComplete: false }, "an outcome with all"],
    ["that printed more than its limit", { stderr: "x".repeat(1_001) }, "at most 1000 on stderr"],
    ["that took more memory than its limit", { peakMemoryBytes: 65 * 2 ** 20 }, "at most 64 MB"],
  ])("%s is complained about", (_, seen, complaint) => {
    expect(complaints(seen)).toContain(complaint);
  });

  it("that the host itself failed in is never good", () => {
    expect(complaints({ end: "fault", error: "TypeError" }, { outcomes: [] })).toContain(
      'no fault of the host\'s own, came one: "TypeError"',
    );
  });

  it("may show the line of the plugin that says BREACH: in a traceback", () => {
    expect(complaints({ stderr: "Traceback\n    send_output('BREACH:')\n" })).toBe("");
  });

  it("may quote what a model answered, whatever the probe forbids", () => {
    const quoting = sent("HELD: ECHO:FORGED");
    expect(complaints({ ...quoting, modelReplies: ["ECHO:FORGED"] })).toBe("");
    expect(complaints({ ...quoting, modelReplies: ["ECHO:"] })).toContain("FORGED");
  });

  it("that ends well is ok, whatever it says", () => {
    for (const text of ["HELD:x", "INFO:x", "x"])
      expect(complaints(sent(text), { outcomes: ["ok"] })).toBe("");
  });

  it("has exactly the output that the probe expects", () => {
    expect(complaints({}, { expectedOutput: "HELD:fine" })).toBe("");
    expect(complaints({}, { expectedOutput: "HELD:fine\n" })).toContain('the output "HELD:fine\\n"');
    expect(complaints(sent("HELD:fine\n"), { expectedOutput: "HELD:fine" })).toContain("the output");
  });
});

describe("the output of a run", () => {
  it("is a line for each call, with what was printed in its place", () => {
    const transcript = [
      { kind: "stdout", text: "printed\n" },
      { kind: "sent", text: "one" },
      { kind: "sent", text: "two" },
    ] as const;
    expect(readings(transcript)).toEqual(["one\ntwo", "printed\none\ntwo"]);
  });

  it("may be read without the line end that printing adds", () => {
    expect(readings([{ kind: "stdout", text: "printed\n" }])).toEqual(["", "printed\n", "printed"]);
  });
});
