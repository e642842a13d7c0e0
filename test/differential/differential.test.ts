/** The same programs natively and in the sandbox. `npm run differential` compares many more. */
import { describe, expect, it } from "vitest";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";
import { collectedPrograms, failingPrograms } from "./collected.js";
import { compare, describeDifference } from "./compare.js";
import { generateProgram } from "./generate/program.js";
import { findNative } from "./native.js";

const native = await findNative();
const patience = { timeout: 300_000 };
const count = 120;

describe.skipIf(native === undefined || !hasImage)(
  "the same comes of a program natively and in the sandbox",
  () => {
    const differencesOf = async (programs: Parameters<typeof compare>[1]) =>
      (await compare(native ?? "", programs)).map(describeDifference);

    it("for programs that were written by hand", patience, async () => {
      const programs = collectedPrograms();
      expect(programs.length).toBeGreaterThan(25);
      expect(await differencesOf(programs)).toEqual([]);
    });

    it("for programs that fail: the same error, at the same line", patience, async () => {
      const programs = failingPrograms();
      expect(programs.length).toBeGreaterThan(80);
      expect(await differencesOf(programs)).toEqual([]);
    });

    it(`for the programs of the first ${count} seeds`, patience, async () => {
      const programs = Array.from({ length: count }, (_, index) => generateProgram(index + 1));
      expect(await differencesOf(programs)).toEqual([]);
    });

    it("and would not, if it were not the same", patience, async () => {
      const source = "import sys\nprint(1)\nprint(sys.maxsize)\nraise ValueError(sys.maxsize)";
      const [difference] = await differencesOf([{ name: "one that differs", source }]);
      expect(difference).toContain("one that differs, line 2 of its output");
      expect(difference).toContain("2147483647");
    });
  },
);

it("is the same program for the same seed, and another one for another", () => {
  expect(generateProgram(5).source).toBe(generateProgram(5).source);
  expect(generateProgram(5).source).not.toBe(generateProgram(6).source);
});
