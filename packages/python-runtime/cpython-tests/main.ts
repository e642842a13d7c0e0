/**
 * `npm run test:cpython [-- MODULE...] [--jobs N] [--table] [--image DIR]`
 *
 * Runs CPython's own test modules in the image's interpreter; all of them that can, unless some are named.
 * `--table` writes down what came of it in docs/cpython-tests.md.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { catalogue } from "./catalogue.js";
import { judge } from "./judge.js";
import type { Outcome } from "./outcome.js";
import { runModules } from "./run-modules.js";
import { readSourceTree, whereSourcesAre } from "./source-tree.js";
import { isCurrentTable, writeTable } from "./table.js";

const usage = "Usage: npm run test:cpython [-- MODULE...] [--jobs N] [--table] [--image DIR]";

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      jobs: { type: "string", default: String(availableParallelism()) },
      table: { type: "boolean", default: false },
      image: { type: "string" },
    },
  });
  const jobs = Number(values.jobs);
  const everything = positionals.length === 0;
  if (!Number.isInteger(jobs) || jobs < 1 || (values.table && !everything)) throw new Error(usage);
  const sources = await readSourceTree();
  if (!sources) throw new Error(whereSourcesAre);
  const modules = catalogue(sources);
  const unknown = positionals.find((name) => !modules.run.includes(name));
  if (unknown !== undefined) throw new Error(`${unknown} is not among the modules that are run`);

  const started = performance.now();
  const outcomes: Outcome[] = [];
  const problems: string[] = [];
  await runModules({
    modules: everything ? modules.run : positionals,
    sources,
    jobs,
    image: values.image,
    onOutcome: (outcome) => {
      const found = judge(outcome);
      outcomes.push(outcome);
      problems.push(...found);
      console.log(`${found.length === 0 ? "✓" : "✗"} ${describe(outcome)}`);
      for (const problem of found) console.log(problem.replace(/^/gm, "    "));
      if (outcome.broken && outcome.printed) console.log(outcome.printed.replace(/^/gm, "    | "));
    },
  });
  if (values.table) await writeTable(outcomes, modules);
  else if (everything && problems.length === 0 && !(await isCurrentTable(outcomes, modules))) {
    problems.push("docs/cpython-tests.md says something else: see what --table makes of it");
    console.log(problems.at(-1));
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${outcomes.length} modules in ${seconds} s: ${problems.length || "no"} problems`);
  return problems.length === 0 ? 0 : 1;
}

function describe({ module, passed, skipped, failures, leftOut, seconds }: Outcome): string {
  const rest = leftOut.length > 0 ? `, ${leftOut.length} left out` : "";
  return `${module}: ${passed} passed, ${skipped} skipped, ${failures.size} failed${rest} (${seconds.toFixed(1)} s)`;
}
