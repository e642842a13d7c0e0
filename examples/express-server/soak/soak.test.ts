import { expect, it } from "vitest";
import { soak } from "./soak.js";

it("holds for a few seconds what it must hold for ever", { timeout: 240_000 }, async () => {
  const report = await soak({ forMs: 6_000, sampleEveryMs: 2_000, onSample: () => {} });
  expect(report.violations).toEqual([]);
  expect(report.acceptedRuns).toBeGreaterThan(10);
  expect(report.auditRecords).toBeGreaterThanOrEqual(report.acceptedRuns);
  expect(report.counts.sessions).toBeGreaterThan(0);
});
