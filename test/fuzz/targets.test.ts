/** What `npm run fuzz` does for as long as it is told to, for a moment; and all that it has ever found. */
import { describe, expect, it } from "vitest";
import { readCases } from "./corpus.js";
import { drive } from "./drive.js";
import { replay } from "./replay.js";
import { targets } from "./targets.js";

const moment = { seed: 1, seconds: 0.4, mostInputs: 300, kept: [], onInput: () => {} };

describe.each(targets)("$name", (target) => {
  it(`holds for a moment: ${target.about}`, { timeout: 120_000 }, async () => {
    const { inputs, findings } = await drive(target, moment);
    expect(findings.map(({ problem }) => problem)).toEqual([]);
    expect(inputs).toBeGreaterThan(0);
  });

  const cases = readCases(target);
  if (cases.length === 0) return;
  it("holds for all that once did harm", { timeout: 120_000 }, async () => {
    await replay(
      target,
      cases.map(({ input }) => input),
    );
  });
});
