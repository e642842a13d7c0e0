/**
 * `npm run differential [-- --count N] [--seed N] [--show SEED] [--json FILE]`
 *
 * Runs programs natively and in the sandbox, and tells of each of which not the same came: those in `programs/`, those that
 * fail, and as many as asked for that are generated from one seed after the other. `--show` prints the program of a seed.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { collectedPrograms, failingPrograms } from "./collected.js";
import { compare, describeDifference } from "./compare.js";
import { generateProgram } from "./generate/program.js";
import { findNative, whereNativeIs } from "./native.js";

const usage = "Usage: npm run differential [-- --count N] [--seed N] [--show SEED] [--json FILE]";
/** So that something is said on the way. */
const batchSize = 100;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1200" },
      seed: { type: "string", default: "1" },
      show: { type: "string" },
      json: { type: "string" },
    },
  });
  if (values.show !== undefined) {
    console.log(generateProgram(Number(values.show)).source);
    return 0;
  }
  const [count, first] = [Number(values.count), Number(values.seed)];
  if (!Number.isSafeInteger(count) || count < 0 || !Number.isSafeInteger(first)) throw new Error(usage);
  const python = await findNative();
  if (python === undefined) throw new Error(whereNativeIs);

  const collected = [...collectedPrograms(), ...failingPrograms()];
  const generated = Array.from({ length: count }, (_, index) => generateProgram(first + index));
  const programs = [...collected, ...generated];
  const different: string[] = [];
  for (let at = 0; at < programs.length; at += batchSize) {
    const differences = await compare(python, programs.slice(at, at + batchSize));
    for (const difference of differences) {
      different.push(difference.program.name);
      console.log(`✗ ${describeDifference(difference)}`);
    }
    console.log(`${Math.min(at + batchSize, programs.length)} of ${programs.length}`);
  }
  const lines = generated.reduce((sum, { source }) => sum + source.split("\n").length, 0);
  console.log(
    `${collected.length} programs by hand and ${count} generated (seeds ${first} to ${first + count - 1}, ${lines} lines): ` +
      `${different.length || "no"} differences`,
  );
  if (values.json !== undefined) {
    const report = { collected: collected.length, generated: count, firstSeed: first, lines, different };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return different.length === 0 ? 0 : 1;
}
