import { describe, expect, it } from "vitest";
import { judge } from "./judge.js";
import type { Outcome } from "./outcome.js";

const outcome: Outcome = {
  module: "test_x",
  seconds: 1,
  passed: 2,
  skipped: 0,
  failures: new Map(),
  leftOut: [],
  printed: "",
};
const failing = { ...outcome, failures: new Map([["XTest.test_a", ["KeyError: 'b'"]]]) };
const known = { tests: ["XTest.test_*"], says: "KeyError", because: "there are no keys here" };

describe("a module's outcome", () => {
  it("is as expected when everything passed and nothing was listed", () => {
    expect(judge(outcome, {})).toEqual([]);
  });

  it("may contain the failures that are listed", () => {
    expect(judge(failing, { failures: [known] })).toEqual([]);
  });

  it("may not contain another failure", () => {
    expect(judge(failing, {})).toEqual(["test_x: XTest.test_a failed\nKeyError: 'b'"]);
  });

  it("may not contain a listed failure of another kind", () => {
    expect(judge(failing, { failures: [{ ...known, says: "TypeError" }] })).toContain(
      "test_x: XTest.test_a failed\nKeyError: 'b'",
    );
  });

  it("may not lack a failure that is listed", () => {
    expect(judge(outcome, { failures: [known] })).toEqual([
      "test_x: XTest.test_* is listed as a failure (KeyError) and is none any more",
    ]);
  });

  it("may not lack a test that is listed as left out", () => {
    expect(judge(outcome, { leftOut: { "need keys": ["YTest.*"] } })).toEqual([
      "test_x: YTest.* is listed as left out, and there is no such test",
    ]);
  });

  it("is not as expected when the module declined to run", () => {
    expect(judge({ ...outcome, declined: "No module named 'zlib'" }, {})).toHaveLength(1);
  });

  it("is not as expected when it broke off, whatever is listed", () => {
    const broken = { ...failing, broken: { how: "a trap", during: "XTest.test_a" } };
    expect(judge(broken, { failures: [known] })).toEqual(["test_x broke off in XTest.test_a: a trap"]);
  });

  it("is not as expected when not one test has passed", () => {
    expect(judge({ ...outcome, passed: 0 }, {})).toHaveLength(1);
  });
});
