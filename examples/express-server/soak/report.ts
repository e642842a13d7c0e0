/** A soak's report, for people. */
import { arch, cpus, platform } from "node:os";
import type { SoakReport } from "./soak.js";
import { median, type Sample } from "./watch.js";

/** More rows say no more. */
const mostRows = 30;

export function toMarkdown(report: SoakReport, minutes: number, at: Date): string {
  const { samples, counts, growth } = report;
  const step = Math.max(1, Math.ceil(samples.length / mostRows));
  const rows = samples.filter((_, index) => index % step === step - 1 || index === samples.length - 1);
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  return [
    "# Endurance",
    "",
    `\`npm run soak -- --minutes ${minutes}\`, ${at.toISOString().slice(0, 10)}, Node ${process.versions.node}, ` +
      `${processor}, ${cpus().length} cores, ${platform()} ${arch()}.`,
    "",
    `- **${report.acceptedRuns.toLocaleString("en")} runs** were accepted; each had one outcome, as it must, and one audit record.`,
    `- Violations of what must hold: **${report.violationCount}**.`,
    `- Growth between the second fifth of the time and the last: memory ${growth.rssMb.toFixed(1)} MB, descriptors ` +
      `${growth.descriptors}, threads ${growth.threads}.`,
    `- Ordinary runs over HTTP: p50 ${median(samples.map(({ runP50Ms }) => runP50Ms)).toFixed(1)} ms, p99 ` +
      `${median(samples.map(({ runP99Ms }) => runP99Ms)).toFixed(1)} ms (medians of all rows).`,
    "",
    "| what was done | how often |",
    "|---|---|",
    ...Object.entries(counts)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, count]) => `| ${what} | ${count.toLocaleString("en")} |`),
    "",
    "| minute | resident MB | descriptors | threads | event loop p99 ms | runs | run p50 ms | run p99 ms |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${cellsOf(row).join(" | ")} |`),
    "",
    ...(report.violations.length > 0
      ? ["## Violations", "", ...report.violations.map((one) => `- ${one}`), ""]
      : []),
  ].join("\n");
}

function cellsOf(row: Sample): readonly (string | number)[] {
  return [
    (row.atMs / 60_000).toFixed(1),
    row.rssMb.toFixed(0),
    row.descriptors,
    row.threads,
    row.loopDelayP99Ms.toFixed(1),
    row.runs,
    row.runP50Ms.toFixed(1),
    row.runP99Ms.toFixed(1),
  ];
}
