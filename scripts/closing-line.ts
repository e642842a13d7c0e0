import type { Reporter, TestModule } from "vitest/node";

/** Ends a test run with one plain line that both people and programs can read. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: "passed" | "failed" | "interrupted",
  ): void {
    let passed = 0;
    let skipped = 0;
    // What fails outside a test (a file that does not load, a hook, a rejection nobody awaited) is no success either.
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
    }
    if (failed === 0 && reason !== "passed") failed = 1;
    process.stdout.write(
      `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`,
    );
  }
}
