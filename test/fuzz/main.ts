/**
 * `npm run fuzz [-- --seconds N] [--only NAME,...] [--seed N] [--json FILE] [--blind]`
 *
 * Feeds every target for N seconds (10, if it is not said) with inputs that were made to break it, two targets at a time.
 * What does break it is kept as small as it could be made in test/fuzz/corpus, where `npm test` tries it again.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { writeCache, writeCase } from "./corpus.js";
import { fuzzHttp, type HttpFuzzed, httpName } from "./http.js";
import type { Target } from "./target.js";
import { findTarget, targets } from "./targets.js";
import { driveWatched, type Watched } from "./watched.js";

const usage = "Usage: npm run fuzz [-- --seconds N] [--only NAME,...] [--seed N] [--json FILE] [--blind]";

interface Row {
  readonly target: string;
  readonly inputs: number;
  /** Characters of source. */
  readonly reached?: number;
  readonly findings: readonly { readonly problem: string; readonly file?: string }[];
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "10" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      only: { type: "string" },
      json: { type: "string" },
      blind: { type: "boolean", default: false },
    },
  });
  const seconds = Number(values.seconds);
  const seed = Number(values.seed);
  if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new Error(usage);
  const names = values.only?.split(",") ?? [...targets.map(({ name }) => name), httpName];
  const inTurn = names.map((name) => (name === httpName ? name : findTarget(name)));
  console.log(`${inTurn.length} targets, ${seconds} s each, seed ${seed}`);

  const rows: Row[] = [];
  const work = async () => {
    for (let target = inTurn.shift(); target; target = inTurn.shift()) {
      const row =
        typeof target === "string"
          ? toHttpRow(await fuzzHttp(seconds, seed))
          : toRow(target, await driveWatched(target, { seed, seconds, isGuided: !values.blind }));
      rows.push(row);
      console.log(describe(row));
    }
  };
  await Promise.all([work(), work()]);

  const findings = rows.reduce((sum, row) => sum + row.findings.length, 0);
  const inputs = rows.reduce((sum, row) => sum + row.inputs, 0);
  console.log(`${inputs.toLocaleString("en")} inputs, ${findings} findings`);
  if (values.json !== undefined) {
    const report = {
      date: new Date().toISOString(),
      node: process.version,
      seconds,
      seed,
      inputs,
      targets: rows,
    };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  return findings === 0 ? 0 : 1;
}

function toRow(target: Target, watched: Watched): Row {
  switch (watched.kind) {
    case "driven": {
      const { inputs, reached, kept, findings } = watched.driven;
      writeCache(target, kept);
      return {
        target: target.name,
        inputs,
        ...(reached !== undefined && { reached }),
        findings: findings.map(({ problem, input }) => ({ problem, file: writeCase(target, input) })),
      };
    }
    case "lost": {
      const { inputs, problem, input } = watched;
      return { target: target.name, inputs, findings: [{ problem, file: writeCase(target, input) }] };
    }
    case "failed":
      throw new Error(`${target.name} could not be fuzzed: ${watched.problem}`);
  }
}

function toHttpRow({ requests, problem }: HttpFuzzed): Row {
  return { target: httpName, inputs: requests, findings: problem === undefined ? [] : [{ problem }] };
}

function describe({ target, inputs, reached, findings }: Row): string {
  const counted = reached === undefined ? "" : `, ${reached.toLocaleString("en")} characters of source`;
  const line = `${findings.length === 0 ? "✓" : "✗"} ${target}: ${inputs.toLocaleString("en")} inputs${counted}`;
  return [
    line,
    ...findings.map(({ problem, file }) => `    ${file ?? ""}\n${problem.replace(/^/gm, "    | ")}`),
  ].join("\n");
}
