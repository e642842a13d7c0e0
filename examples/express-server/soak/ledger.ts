/** What the platform has accepted and said, to be compared with what it knows of it afterwards. */
import type { VisitorPlugin } from "./visitor-plugins.js";

/** Violations beyond these are only counted. */
const mostKept = 50;

export class Ledger {
  /** Of each run: how it may have ended. */
  readonly runs = new Map<string, readonly string[]>();
  readonly counts: Record<string, number> = {};
  readonly violations: string[] = [];
  #violationCount = 0;

  get violationCount(): number {
    return this.#violationCount;
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  violation(text: string): void {
    this.#violationCount += 1;
    if (this.violations.length < mostKept) this.violations.push(text);
  }

  accept(runId: string, ends: readonly string[]): void {
    if (this.runs.has(runId)) this.violation(`two runs have the id ${runId}`);
    this.runs.set(runId, ends);
  }

  /** Nothing of another run may be in what a run gave. */
  examine({ name, answers }: VisitorPlugin, canary: string, given: string): void {
    const found = new Set(given.match(/canary-[0-9a-f]{16}/g));
    if (answers && !found.has(canary)) this.violation(`${name} did not answer with its canary`);
    found.delete(canary);
    if (found.size > 0) this.violation(`${name} saw another run's canary: ${given.slice(0, 300)}`);
  }
}
