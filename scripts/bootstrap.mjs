// Makes a clone ready to run: dependencies, packages, interpreter image. Plain Node, because it runs before
// anything is installed. Whatever is up to date is left alone, and then nothing is printed.
//
//   node scripts/bootstrap.mjs              everything
//   node scripts/bootstrap.mjs --no-image   without the interpreter image
//   node scripts/bootstrap.mjs --pages      with the pages of the example server

import { dependenciesStep } from "./bootstrap/dependencies.mjs";
import { imageStep } from "./bootstrap/image.mjs";
import { acquireLock } from "./bootstrap/lock.mjs";
import { packagesStep } from "./bootstrap/packages.mjs";
import { pagesStep } from "./bootstrap/pages.mjs";
import { StepFailed } from "./bootstrap/step.mjs";

const oldestNode = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  console.error(`WasmForge needs Node ${oldestNode.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

// Ctrl-C reaches the running step too (same process group). Staying until it has ended keeps the lock honest.
let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

const steps = [
  dependenciesStep,
  packagesStep,
  ...(process.argv.includes("--no-image") ? [] : [imageStep]),
  ...(process.argv.includes("--pages") ? [pagesStep] : []),
];

try {
  for (const step of steps) {
    if (step.isUpToDate()) continue;
    const release = await acquireLock();
    try {
      // While waiting for the lock, its owner may have done this very work.
      if (!step.isUpToDate()) await step.run();
    } finally {
      release();
    }
    if (interrupted) break;
  }
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  if (!interrupted) console.error(`\n${error.message}`);
  process.exitCode = 1;
}
if (interrupted) process.exitCode = 130;
