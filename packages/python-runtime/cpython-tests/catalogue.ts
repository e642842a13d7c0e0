/** Which test modules CPython has, and which of them run here. */

import { excluded } from "./excluded.js";
import { type Expectation, expectations } from "./expectations.js";
import { matches } from "./matches.js";
import type { SourceTree } from "./source-tree.js";

/** Packages whose modules CPython's own runner takes one by one. */
const taken = new Set([
  "test_asyncio",
  "test_concurrent_futures",
  "test_future_stmt",
  "test_gdb",
  "test_inspect",
  "test_multiprocessing_fork",
  "test_multiprocessing_forkserver",
  "test_multiprocessing_spawn",
  "test_pydoc",
]);

export interface Catalogue {
  readonly run: readonly string[];
  /** By reason. */
  readonly excluded: ReadonlyMap<string, readonly string[]>;
}

export function catalogue(sources: SourceTree): Catalogue {
  const all = allModules(sources);
  const byReason = new Map<string, readonly string[]>();
  for (const [reason, patterns] of Object.entries(excluded)) {
    for (const pattern of patterns) {
      if (!all.some((module) => matches(pattern, module))) throw new Error(`there is no module ${pattern}`);
    }
    byReason.set(
      reason,
      all.filter((module) => patterns.some((pattern) => matches(pattern, module))),
    );
  }
  const left = new Set([...byReason.values()].flat());
  const run = all.filter((module) => !left.has(module));
  const unknown = Object.keys(expectations).find((module) => !run.includes(module));
  if (unknown) throw new Error(`something is expected of ${unknown}, which is not run`);
  return { run, excluded: byReason };
}

export function expectationOf(module: string): Expectation {
  return expectations[module] ?? {};
}

function allModules({ files }: SourceTree): string[] {
  const modules = new Set<string>();
  for (const { path } of files) {
    const [root, first = "", second = ""] = path.split("/");
    if (root !== "test") continue;
    const name = taken.has(first) ? `${first}.${second}` : first;
    if (/^test_\w+(\.test_\w+)?(\.py)?$/.test(name)) modules.add(name.replace(/\.py$/, ""));
  }
  return [...modules].sort();
}
