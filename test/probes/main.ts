/** `npm run probes -- FOLDER [--runtime forged|stock|all] [--only ID,...]` */
import { parseArgs } from "node:util";
import { type Failure, runProbes } from "./harness.js";
import { type ProbeFolder, readProbeFolder } from "./manifest.js";
import { loadRuntime, RUNTIMES, type RuntimeName } from "./runtimes.js";
import { chosen } from "./sequence.js";

const USAGE = `Usage: npm run probes -- FOLDER [--runtime ${RUNTIMES.join("|")}|all] [--only ID,...]`;

/** What keeps the process alive after the end was left behind by a run. */
const EXIT_GRACE_MS = 5_000;

try {
  process.exitCode = await main();
  setTimeout(() => {
    console.log("FAIL expected the process to end by itself, came something that keeps it alive");
    process.exit(1);
  }, EXIT_GRACE_MS).unref();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { folder, names, mustHave } = parseCommand();
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const name of names) {
    const runtime = await loadRuntime(name).catch((error: Error) => error);
    if (runtime instanceof Error) {
      console.log(`${mustHave ? "FAIL" : "SKIP"} all on ${name}: ${runtime.message}`);
      if (mustHave) failed += folder.probes.length;
      else skipped += folder.probes.length;
      continue;
    }
    await runProbes(folder, runtime, ({ probe, complaints }: Failure) => {
      if (complaints.length === 0) passed += 1;
      else failed += 1;
      for (const complaint of complaints) console.log(`FAIL ${probe} on ${name}: ${complaint}`);
    });
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function parseCommand(): { folder: ProbeFolder; names: readonly RuntimeName[]; mustHave: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runtime: { type: "string", default: "all" }, only: { type: "string" } },
  });
  const [path, ...more] = positionals;
  const names = RUNTIMES.filter((name) => values.runtime === "all" || values.runtime === name);
  if (path === undefined || more.length > 0 || names.length === 0) throw new Error(USAGE);
  const folder = readProbeFolder(path);
  const probes = values.only === undefined ? folder.probes : chosen(folder.probes, values.only.split(","));
  return { folder: { ...folder, probes }, names, mustHave: values.runtime !== "all" };
}
