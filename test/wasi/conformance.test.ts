import { describe, expect, it } from "vitest";
import { type Case, cases } from "./cases.js";
import { wasiFunctions } from "./functions.js";
import { layers } from "./layers.js";

describe.each(layers)("$name", ({ isFallback, open }) => {
  const asked = ({ expected, fallback }: Case) => (isFallback ? fallback : expected);

  describe.each(Object.entries(cases))("%s", (_, all) => {
    const questions = all.filter((one) => asked(one) !== "differs");
    it.each(questions.map((one) => [one.what, one] as const))("%s", (_what, question) => {
      const guest = open();
      const answered = () => question.ask(guest);
      if (asked(question) === "ends") expect(answered).toThrow();
      else expect(answered()).toBe(asked(question));
    });
  });
});

it("is asked about every function that there is", () => {
  expect(Object.keys(cases).sort()).toEqual(wasiFunctions.map(({ name }) => name).sort());
  expect(Object.values(cases).flat().length).toBeGreaterThan(190);
});
