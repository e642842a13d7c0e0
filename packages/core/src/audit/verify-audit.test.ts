import { describe, expect, it } from "vitest";
import { sealLine } from "./audit-line.js";
import { verifyAudit } from "./verify-audit.js";

function chain(...runs: readonly unknown[]): string[] {
  let previous: string | undefined;
  return runs.map((run) => {
    const { line, hash } = sealLine(JSON.stringify(run), { previous, missing: 0 });
    previous = hash;
    return line;
  });
}

const three = chain({ runId: "a" }, { runId: "b" }, { runId: "c" });
const [first = "", second = "", third = ""] = three;

describe("verifying an audit trail", () => {
  it("accepts what was written, and gives the hash to keep elsewhere", async () => {
    const verdict = await verifyAudit(three);
    expect(verdict).toEqual({ ok: true, records: 3, missing: 0, lastHash: JSON.parse(third).hash });
  });

  it("accepts nothing at all", async () => {
    expect(await verifyAudit([])).toEqual({ ok: true, records: 0, missing: 0 });
  });

  it("reads lines as they come", async () => {
    async function* lines() {
      yield* three;
    }
    expect(await verifyAudit(lines())).toMatchObject({ ok: true, records: 3 });
  });

  it("goes on where another file ended", async () => {
    const { hash } = JSON.parse(first);
    expect(await verifyAudit([second, third], { after: hash })).toMatchObject({ ok: true, records: 2 });
    expect(await verifyAudit([third], { after: hash })).toMatchObject({ ok: false, line: 1 });
  });

  it("adds up the records that were lost", async () => {
    const { line } = sealLine("{}", { previous: JSON.parse(third).hash, missing: 4 });
    expect(await verifyAudit([...three, line])).toMatchObject({ ok: true, missing: 4 });
  });

  it.each([
    ["a changed record", [first, second.replace('"b"', '"x"'), third], 2, /was changed/],
    ["a removed record", [first, third], 2, /does not follow/],
    ["a removed beginning", [second, third], 1, /does not begin/],
    ["a record that is there twice", [first, second, second], 3, /does not follow/],
    ["records in another order", [first, third, second], 2, /does not follow/],
    ["another chain put behind", [first, ...chain({ runId: "z" })], 2, /begins another chain/],
    ["a line that is cut off", [first, second.slice(0, -1)], 2, /is not a record/],
    ["an empty line", [first, "", second], 2, /is not a record/],
    ["another layout of the same", [first, second.replace(",", ", ")], 2, /is not written/],
    [
      "a key that two readers may read differently",
      [first, second.replace('"run":', '"run":{"runId":"x"},"run":')],
      2,
      /is not written/,
    ],
    ["another version", [first, second.replace('"version":1', '"version":2')], 2, /is not a record/],
    ["something else entirely", ["[1,2]"], 1, /is not a record/],
  ])("refuses %s", async (_, lines, line, problem) => {
    expect(await verifyAudit(lines)).toEqual({ ok: false, line, problem: expect.stringMatching(problem) });
  });
});

describe("a line that nobody's Forge wrote", () => {
  const sealed = (run: string, missing = 0) => sealLine(run, { previous: undefined, missing }).line;

  it.each([
    ["nested beyond any record", sealed(`${"[".repeat(100_000)}${"]".repeat(100_000)}`), /is not written/],
    ["with objects nested so", sealed(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), /is not written/],
    ["that takes back what was lost before", sealed("{}", -1), /is not a record/],
  ])("is refused: %s", async (_, line, problem) => {
    expect(await verifyAudit([line])).toEqual({
      ok: false,
      line: 1,
      problem: expect.stringMatching(problem),
    });
  });
});
