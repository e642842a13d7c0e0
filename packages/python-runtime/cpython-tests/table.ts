/** docs/cpython-tests.md: what became of every module, and why what failed did. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Catalogue, expectationOf } from "./catalogue.js";
import { explanationOf } from "./judge.js";
import type { Outcome } from "./outcome.js";

const file = path.resolve(import.meta.dirname, "../../../docs/cpython-tests.md");

export async function writeTable(outcomes: readonly Outcome[], modules: Catalogue): Promise<void> {
  await writeFile(file, render(outcomes, modules));
}

export async function isCurrentTable(outcomes: readonly Outcome[], modules: Catalogue): Promise<boolean> {
  return (await readFile(file, "utf8").catch(() => "")) === render(outcomes, modules);
}

function render(unordered: readonly Outcome[], modules: Catalogue): string {
  const outcomes = [...unordered].sort((a, b) => (a.module < b.module ? -1 : 1));
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  const failed = sum(({ failures }) => failures.size);
  const passed = sum((each) => each.passed);
  const skipped = sum((each) => each.skipped);
  return `# CPython's own tests

Written by \`npm run test:cpython -- --table\`; \`npm run test:cpython\` fails if it is no longer true.

The modules of CPython's test suite run in the image's interpreter, each in a freshly restored instance with a file
system in memory: **${outcomes.length} modules, ${passed + skipped + failed} tests: ${passed} passed, ${skipped} skipped, ${failed} failed**. The tests use the library that
is in the image; its sources are there only for tracebacks to find. What is skipped, CPython's tests skip by their own
account: most of it needs processes, threads, sockets or symbolic links, or is about another platform.

${heading("What failed, and why")}${outcomes.map(renderFailures).join("")}
${heading("What is left out of modules that run")}${outcomes.map(renderLeftOut).join("")}
${heading("What helps modules to run")}${renderHelp(outcomes)}
${heading("Modules that are not run")}${[...modules.excluded].map(([reason, names]) => `- ${reason}: ${names.map(code).join(", ")}\n`).join("")}
${heading("All that are")}| module | run | passed | skipped | failed |
|---|---:|---:|---:|---:|
${outcomes.map(renderRow).join("")}`;
}

const heading = (text: string) => `## ${text}\n\n`;
const code = (text: string) => `\`${text}\``;

function renderRow({ module, passed, skipped, failures }: Outcome): string {
  const run = passed + skipped + failures.size;
  return `| ${module} | ${run} | ${passed} | ${skipped} | ${failures.size} |\n`;
}

function renderFailures({ module, failures }: Outcome): string {
  const byReason = new Map<string, string[]>();
  for (const [test, said] of failures) {
    const reasons = new Set(
      said.map((text) => explanationOf(module, test, text)?.because ?? "**not understood**"),
    );
    for (const reason of reasons) byReason.set(reason, [...(byReason.get(reason) ?? []), test]);
  }
  return [...byReason]
    .map(([reason, tests]) => `- ${module}: ${reason}: ${tests.map(code).join(", ")}\n`)
    .join("");
}

function renderLeftOut({ module }: Outcome): string {
  return Object.entries(expectationOf(module).leftOut ?? {})
    .map(([reason, tests]) => `- ${module}: ${reason}: ${tests.map(code).join(", ")}\n`)
    .join("");
}

function renderHelp(outcomes: readonly Outcome[]): string {
  const helped = (kind: "standIns" | "claims", what: string) =>
    outcomes
      .map(({ module }) => module)
      .filter((module) => (expectationOf(module)[kind] as readonly string[] | undefined)?.includes(what))
      .map(code)
      .join(", ");
  const names = (kind: "standIns" | "claims") =>
    [...new Set(outcomes.flatMap(({ module }) => expectationOf(module)[kind] ?? []))].sort();
  return [
    "Some modules would decline to run as a whole for the sake of a few tests. They are told that something is there\n",
    "which is not; what really uses it is skipped, left out or listed above.\n\n",
    ...names("standIns").map(
      (what) => `- \`${what}\`, in C, compiled only for tests: ${helped("standIns", what)}\n`,
    ),
    ...names("claims").map((what) => `- ${what}: ${helped("claims", what)}\n`),
  ].join("");
}
