import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aRun } from "../../test/samples.js";
import { RunJournal } from "./journal.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const files = () => readdirSync(folder);
const openJournal = () =>
  new RunJournal(folder, (error) => {
    throw error;
  });
const leftovers = (journal: RunJournal) =>
  journal.readLeftovers().runs.map(({ beginning, record }) => [beginning.id, record]);

it("tells the next server which runs ended, and which were interrupted", () => {
  vi.useFakeTimers();
  const journal = openJournal();
  const [ended, interrupted, late] = [aRun({ errorMessage: "line\nline 🙈" }), aRun(), aRun()];
  journal.begin(ended).end(ended);
  journal.begin(interrupted);
  const place = journal.begin(late);
  vi.advanceTimersByTime(1_000);
  place.end(late);
  expect(leftovers(openJournal())).toEqual([
    [ended.id, ended],
    [interrupted.id, undefined],
    [late.id, late],
  ]);
  const { id, startedAt, inputBytes } = interrupted;
  expect(openJournal().readLeftovers().runs[1]?.beginning).toMatchObject({ id, startedAt, inputBytes });
});

it("writes one line of a run that ends at once, before anybody hears of its end", () => {
  vi.useFakeTimers();
  const journal = openJournal();
  const run = aRun();
  journal.begin(run).end(run);
  const written = () => readFileSync(join(folder, files()[0] ?? ""), "utf8");
  expect(written()).toMatch(/^\{"end":.*\n$/);
  const before = written();
  vi.advanceTimersByTime(1_000);
  expect(written()).toBe(before);
});

it("forgets what is in the database, when that is all of a file", () => {
  const journal = openJournal();
  const [one, other] = [aRun(), aRun()];
  const places = [one, other].map((run) => journal.begin(run));
  places[0]?.end(one);
  places[0]?.settle();
  journal.close();
  expect(files()).toHaveLength(1);
  const next = openJournal();
  const { runs, remove } = next.readLeftovers();
  expect(runs.map(({ beginning }) => beginning.id)).toEqual([one.id, other.id]);
  remove();
  expect(files()).toEqual([]);
});

it("leaves no file behind when everything was settled", () => {
  const journal = openJournal();
  const run = aRun();
  const place = journal.begin(run);
  place.end(run);
  place.settle();
  journal.close();
  expect(files()).toEqual([]);
});

it("survives a line that was cut off, and does not write behind it", () => {
  const journal = openJournal();
  const run = aRun();
  journal.begin(run).end(run);
  appendFileSync(join(folder, files()[0] ?? ""), '{"begin":{"id":"cut o');
  const next = openJournal();
  const other = aRun();
  next.begin(other);
  expect(files()).toHaveLength(2);
  expect(next.readLeftovers().runs).toEqual([{ beginning: run, record: run }]);
});

it("gives up what is no line of its own, and keeps the rest", () => {
  const [run, other] = [aRun(), aRun()];
  const lines = [
    "null",
    "5",
    "[]",
    "{}",
    '{"begin":null}',
    '{"end":{}}',
    JSON.stringify({ end: { ...aRun(), startedAt: "yesterday" } }),
    JSON.stringify({ end: { ...aRun(), id: "../x" } }),
    JSON.stringify({ end: { ...aRun(), calls: "many" } }),
    "\0".repeat(4_096),
    JSON.stringify({ end: run }).slice(0, -20),
    JSON.stringify({ end: run }),
    JSON.stringify({ end: run }),
    JSON.stringify({ begin: run }),
    JSON.stringify({ begin: other }),
  ];
  writeFileSync(join(folder, "runs-00000001.jsonl"), lines.join("\n"));
  expect(leftovers(openJournal())).toEqual([
    [run.id, run],
    [other.id, undefined],
  ]);
});

it("stays small however many runs there are", () => {
  const journal = openJournal();
  const run = aRun({ errorMessage: "x".repeat(10_000) });
  for (let count = 0; count < 1_000; count += 1) {
    const place = journal.begin(run);
    place.end(run);
    place.settle();
  }
  const bytes = files().map((name) => readFileSync(join(folder, name)).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});

it("goes on in another file when one is full, and lets the full one go when its last run is settled", () => {
  const journal = openJournal();
  const slow = journal.begin(aRun());
  const large = aRun({ errorMessage: "x".repeat(1_000_000) });
  for (let count = 0; count < 6; count += 1) {
    const place = journal.begin(large);
    place.end(large);
    place.settle();
  }
  expect(files()).toHaveLength(2);
  slow.end(aRun());
  slow.settle();
  expect(files()).toHaveLength(1);
});
