import { describe, expect, it } from "vitest";
import type { Outcome } from "./outcome.js";
import { runModules } from "./run-modules.js";
import type { SourceTree } from "./source-tree.js";
import { missing, sources } from "./what-is-here.js";

describe.skipIf(missing)(`A module of tests${missing ? `, without ${missing}: not run,` : ""}`, () => {
  it("is told test by test", async () => {
    const [outcome] = await run({
      test_told: `
import unittest
class Told(unittest.TestCase):
    def test_a(self): pass
    def test_b(self): self.assertEqual(1, 2)
    def test_c(self): self.skipTest("not today")
    def test_d(self):
        for i in range(3):
            with self.subTest(i=i): self.assertEqual(i, 1)
    def test_e(self): print("hello")
    @unittest.expectedFailure
    def test_f(self): pass
`,
    });
    expect(outcome).toMatchObject({ module: "test_told", passed: 2, skipped: 1, printed: "hello\n" });
    expect([...(outcome?.failures ?? [])].map(([test, said]) => [test, said.length])).toEqual([
      ["Told.test_b", 1],
      ["Told.test_d", 2],
      ["Told.test_f", 1],
    ]);
    expect(outcome).not.toHaveProperty("broken");
  });

  it("may decline as a whole", async () => {
    const [outcome] = await run({ test_declines: "import unittest\nraise unittest.SkipTest('not here')" });
    expect(outcome).toMatchObject({ passed: 0, declined: "not here" });
  });

  it("costs nobody else anything when it takes the interpreter down", async () => {
    const [first, second] = await run({
      test_aborts: `
import os, unittest
class Aborts(unittest.TestCase):
    def test_a(self): pass
    def test_b(self): os.abort()
    def test_c(self): pass
`,
      test_after: passing,
    });
    expect(first).toMatchObject({ passed: 1, broken: { during: "Aborts.test_b" } });
    expect(second).toMatchObject({ passed: 1 });
  });

  it("costs nobody else anything when it never ends", async () => {
    const [first, second] = await run(
      {
        test_hangs: `
import unittest
class Hangs(unittest.TestCase):
    def test_a(self):
        while True: pass
`,
        test_hangs_not: passing,
      },
      3_000,
    );
    expect(first).toMatchObject({ broken: { how: "stopped after 3 s", during: "Hangs.test_a" } });
    expect(second).toMatchObject({ passed: 1 });
  });
});

const passing = "import unittest\nclass Passes(unittest.TestCase):\n    def test_a(self): pass\n";

async function run(modules: Record<string, string>, timeoutMs = 60_000): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const onOutcome = (outcome: Outcome) => outcomes.push(outcome);
  const names = Object.keys(modules);
  await runModules({ modules: names, sources: withTests(modules), jobs: 1, onOutcome, timeoutMs });
  return outcomes;
}

/** CPython's sources and some tests of ours. */
function withTests(modules: Record<string, string>): SourceTree {
  if (!sources) throw new Error("there are no sources to add to");
  const texts = Object.values(modules).map((text) => new TextEncoder().encode(text));
  const before = sources.bytes.byteLength;
  const bytes = new SharedArrayBuffer(before + texts.reduce((sum, { length }) => sum + length, 0));
  new Uint8Array(bytes).set(new Uint8Array(sources.bytes));
  let end = before;
  const added = Object.keys(modules).map((name, index) => {
    const start = end;
    const text = texts[index] ?? new Uint8Array();
    new Uint8Array(bytes).set(text, start);
    end += text.length;
    return { path: `test/${name}.py`, start, end };
  });
  return { bytes, files: [...sources.files, ...added] };
}
