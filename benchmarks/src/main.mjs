import { mkdirSync, writeFileSync } from "node:fs";
import { benches } from "./benches.mjs";
import { parseCommandLine, usage } from "./command-line.mjs";
import { describeMachine } from "./machine.mjs";
import { createReport, formatReport } from "./report.mjs";
import { createSnapshotFile } from "./snapshot-file.mjs";

/** @import { Report } from "./types.js" */

const results = new URL("../results/", import.meta.url);

/** @param {ReturnType<typeof parseCommandLine>} options */
async function main({ names, json, save, quick, only, nodeFlags }) {
  const snapshot = createSnapshotFile();
  /** @type {Report[]} */
  const reports = [];
  try {
    for (const name of names) {
      const { about, run, targets } = benches[name];
      const report = createReport(
        name,
        describeMachine(),
        await run({
          quick,
          only,
          nodeFlags,
          snapshotFile: snapshot.path,
          // stdout carries the report alone.
          progress: (text) => process.stderr.write(`${name}: ${text}\n`),
        }),
      );
      reports.push(report);
      if (!json) process.stdout.write(`${formatReport(report, about, targets)}\n`);
      if (save) keep(report);
    }
  } finally {
    snapshot.remove();
  }
  if (json) process.stdout.write(`${JSON.stringify(reports.length === 1 ? reports[0] : reports)}\n`);
}

/** @param {Report} report */
function keep(report) {
  mkdirSync(results, { recursive: true });
  writeFileSync(new URL(`${report.name}.json`, results), `${JSON.stringify(report, null, 2)}\n`);
}

/** @param {string} hint */
const fail = (hint) => (/** @type {unknown} */ error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${hint}`);
  process.exitCode = hint === "" ? 1 : 2;
};

try {
  const commandLine = parseCommandLine(process.argv.slice(2));
  await main(commandLine).catch(fail(""));
} catch (error) {
  fail(`\n${usage}`)(error);
}
