/** `npm run probes -- FOLDER [--runtime forged|stock|all] [--seat thread|process|all] [--only ID,...]` */
import { parseArgs } from "node:util";
import type * as core from "@wasmforge/core";
import { CONFIGURATIONS, type Configuration, RUNTIMES, SEATS } from "./forges.js";
import { type Failure, runProbes } from "./harness.js";
import { type ProbeFolder, readProbeFolder } from "./manifest.js";
import { chosen } from "./sequence.js";

const USAGE =
  "Usage: npm run probes -- FOLDER [--runtime forged|stock|all] [--seat thread|process|all] [--only ID,...]";

/** As it was built: outside of the test runner, that is what the Forge's seats are made of. */
const BUILT = new URL("../../packages/core/dist/index.js", import.meta.url).href;

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
  const { folder, configurations, mustHave } = parseCommand();
  const { createForge, ForgeError } = (await import(BUILT)) as typeof core;
  const isMissing = (error: unknown) => ForgeError.is(error) && error.code === "runtime_unavailable";
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const configuration of configurations) {
    const name = `${configuration.runtime}, ${configuration.seat}`;
    const onProbe = ({ probe, complaints }: Failure): void => {
      if (complaints.length === 0) passed += 1;
      else failed += 1;
      for (const complaint of complaints) console.log(`FAIL ${probe} (${name}): ${complaint}`);
    };
    try {
      await runProbes(folder, createForge, configuration, onProbe);
    } catch (error) {
      if (!isMissing(error)) throw error;
      console.log(`${mustHave ? "FAIL" : "SKIP"} all (${name}): ${(error as Error).message}`);
      if (mustHave) failed += folder.probes.length;
      else skipped += folder.probes.length;
    }
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function parseCommand(): {
  readonly folder: ProbeFolder;
  readonly configurations: readonly Configuration[];
  readonly mustHave: boolean;
} {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runtime: { type: "string", default: "all" },
      seat: { type: "string", default: "all" },
      only: { type: "string" },
    },
  });
  const [path, ...more] = positionals;
  const configurations = configurationsOf(values.runtime, values.seat);
  if (path === undefined || more.length > 0 || configurations.length === 0) throw new Error(USAGE);
  const folder = readProbeFolder(path);
  const probes = values.only === undefined ? folder.probes : chosen(folder.probes, values.only.split(","));
  return { folder: { ...folder, probes }, configurations, mustHave: values.runtime !== "all" };
}

/** What is named in full is taken at its word; `all` stands for those of `CONFIGURATIONS`. */
function configurationsOf(runtime: string, seat: string): readonly Configuration[] {
  const everyPair = RUNTIMES.flatMap((name) => SEATS.map((kind) => ({ runtime: name, seat: kind })));
  const isNamed = runtime !== "all" && seat !== "all";
  return (isNamed ? everyPair : CONFIGURATIONS).filter(
    (pair) => (runtime === "all" || pair.runtime === runtime) && (seat === "all" || pair.seat === seat),
  );
}
