import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { findPython3 } from "../machine.mjs";
import { measuringSource, onceSource, parseTimes, rowNames } from "./cpu-rows.mjs";
import { checkAnswer, expectedAnswer, input, javascript } from "./plugin.mjs";

const python3 = findPython3();

describe("the plugin that is measured", () => {
  it("accepts its right answer, however the JSON is spaced", () => {
    checkAnswer(expectedAnswer);
    checkAnswer(JSON.stringify(JSON.parse(expectedAnswer), null, 2));
  });

  it("refuses a wrong answer and an answer that is no JSON", () => {
    expect(() => checkAnswer('{"customer":"Ada","total":1}')).toThrow("answered wrong");
    expect(() => checkAnswer("Traceback")).toThrow("not JSON");
  });

  it("gives the same answer in JavaScript", () => {
    checkAnswer(new Function("text", `return ${javascript}`)(input));
  });
});

describe.skipIf(python3 === undefined)("the rows of the cpu benches", () => {
  const answer = (source: string) =>
    spawnSync(python3?.executable ?? "", ["-c", `${source}\nprint(answer)`], { encoding: "utf8" }).stdout;

  it.each(rowNames)("%s can be measured and can be called once", (row) => {
    expect(parseTimes(answer(measuringSource(row, 0)))).toHaveLength(3);
    expect(parseTimes(answer(onceSource(row)))).toHaveLength(1);
  });
});

describe("times that a guest reports", () => {
  it.each(["[]", "{}", '["1"]', "[0]", "[null]"])("are refused when they are %s", (text) => {
    expect(() => parseTimes(text)).toThrow("not a list of times");
  });
});
