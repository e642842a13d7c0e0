/** Runs the workload in an instrumented interpreter and keeps what it showed: `interpreter.profdata`. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Guest } from "../../src/forged/guest.js";
import { librarySupplies } from "../../src/forged/library-supplies.js";
import { parseLibrary } from "../../src/image/library.js";
import { node } from "../../src/platform/node.js";
import { suppliesOf } from "../../src/supplies.js";
import { bootPages, hashSeed } from "../recipe.js";
import { shell } from "../shell.js";
import { rawProfile } from "./raw-profile.js";

export interface TrainingInputs {
  readonly moduleFile: string;
  readonly libraryFile: string;
  readonly workloadFile: string;
  /** Where the profile goes. */
  readonly profileFile: string;
  readonly work: string;
}

export async function train({
  moduleFile,
  libraryFile,
  workloadFile,
  profileFile,
  work,
}: TrainingInputs): Promise<void> {
  const workload = await readFile(workloadFile);
  const library = librarySupplies(once(parseLibrary(await readFile(libraryFile))));
  const memory = new WebAssembly.Memory({ initial: 2 * bootPages, maximum: 16_384 });
  let report = "";
  const supplies = suppliesOf({ source: workload, fileName: "workload.py", input: "", maxPrintBytes: 0 });
  const guest = new Guest({
    module: await WebAssembly.compile(await readFile(moduleFile)),
    memory,
    powers: node.powers,
    door: () => new Uint8Array(),
    supply: (name) => (name === "preload" ? new Uint8Array() : (supplies(name) ?? library(name))),
    end: (bytes) => {
      report = new TextDecoder().decode(bytes);
    },
    pageIn: () => {},
  });
  guest.wasi.begin({
    print: (_stream, chunk) => void process.stdout.write(chunk),
    clock: { nowMs: 0 },
    random: { seed: 0 },
  });
  guest.exports._initialize();
  const code =
    guest.exports.forge_boot(hashSeed) || guest.exports.forge_prepare() || guest.exports.forge_run();
  if (code !== 0 || !report.includes('"completed"'))
    throw new Error(`the training workload failed: ${report}`);

  const { forge_profile } = guest.exports as unknown as { forge_profile(): number };
  await writeFile(
    path.join(work, "training.profraw"),
    rawProfile({ memory: memory.buffer, at: forge_profile() }),
  );
  await shell(`llvm-profdata-19 merge -o "${profileFile}" training.profraw`, { cwd: work });
}

function once<T>(value: T): () => T {
  return () => value;
}
