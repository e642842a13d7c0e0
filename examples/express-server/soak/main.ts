/** `npm run soak -- --minutes N [--report FILE]` */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { toMarkdown } from "./report.js";
import { soak } from "./soak.js";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "5" }, report: { type: "string" } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error("--minutes must be a number above 0");
  process.exit(2);
}

const samplesWanted = 200;
const report = await soak({
  forMs: minutes * 60_000,
  sampleEveryMs: Math.max(5_000, (minutes * 60_000) / samplesWanted),
  onSample: ({ atMs, rssMb, descriptors, threads, loopDelayP99Ms, runs, runP99Ms }) =>
    console.log(
      `${(atMs / 60_000).toFixed(1)} min: ${runs} ordinary runs, p99 ${runP99Ms.toFixed(0)} ms, event loop p99 ` +
        `${loopDelayP99Ms.toFixed(0)} ms, ${rssMb.toFixed(0)} MB, ${descriptors} descriptors, ${threads} threads`,
    ),
});
const text = toMarkdown(report, minutes, new Date());
if (values.report !== undefined) writeFileSync(values.report, text);
console.log(`\n${text}`);
process.exitCode = report.violationCount === 0 ? 0 : 1;
