import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judge } from "./judge.js";
import type { Outcome } from "./outcome.js";
import { runModules } from "./run-modules.js";
import { missing, sources } from "./what-is-here.js";

/** The modules that a miscompiled or wrongly patched interpreter fails first. */
const modules = [
  "test_asyncgen",
  "test_bool",
  "test_call",
  "test_class",
  "test_coroutines",
  "test_descr",
  "test_dict",
  "test_except_star",
  "test_exceptions",
  "test_extcall",
  "test_float",
  "test_frame",
  "test_gc",
  "test_generators",
  "test_grammar",
  "test_int",
  "test_json",
  "test_list",
  "test_listcomps",
  "test_long",
  "test_monitoring",
  "test_opcache",
  "test_patma",
  "test_range",
  "test_scope",
  "test_slice",
  "test_str",
  "test_super",
  "test_sys_setprofile",
  "test_sys_settrace",
  "test_tracemalloc",
  "test_tuple",
  "test_unpack",
  "test_weakref",
  "test_with",
  "test_yield_from",
];
const timeoutMs = 300_000;

describe.skipIf(missing)(`CPython's own tests${missing ? `, without ${missing}: not run,` : ""}`, () => {
  const outcomes = new Map(modules.map((module) => [module, deferred<Outcome>()]));
  let all: Promise<void> | undefined;

  beforeAll(() => {
    if (!sources) return;
    all = runModules({
      modules,
      sources,
      jobs: 1,
      onOutcome: (outcome) => outcomes.get(outcome.module)?.resolve(outcome),
    });
    all.catch((error) => {
      for (const { reject } of outcomes.values()) reject(error);
    });
  });

  afterAll(() => all);

  it.each(modules)(
    "in %s go as expected",
    async (module) => {
      const outcome = await outcomes.get(module)?.promise;
      expect(outcome && judge(outcome)).toEqual([]);
    },
    timeoutMs,
  );
});

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  // A run that breaks off is told by each test that awaits it.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
