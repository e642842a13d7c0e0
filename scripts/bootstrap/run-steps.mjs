import { acquireLock } from "./lock.mjs";
import { StepFailed } from "./step.mjs";

const oldestNode = [20, 19];

/**
 * Does what is not up to date yet, and prints nothing if that is nothing.
 *
 * @param {readonly import("./step.mjs").Step[]} steps
 * @returns {Promise<number>} the exit code; when it is not 0, the reason was printed
 */
export async function runSteps(steps) {
  if (isTooOld()) {
    console.error(`WasmForge needs Node ${oldestNode.join(".")} or newer; this is ${process.versions.node}.`);
    return 1;
  }
  // Ctrl-C reaches the running step too (same process group). Staying until it has ended keeps the lock honest.
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.on("SIGINT", interrupt);
  try {
    for (const step of steps) {
      if (!interrupted && !step.isUpToDate()) await runLocked(step);
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (!interrupted) {
      console.error(`\n${error.message}`);
      return 1;
    }
  } finally {
    process.off("SIGINT", interrupt);
  }
  return interrupted ? 130 : 0;
}

/** @param {import("./step.mjs").Step} step */
async function runLocked(step) {
  const release = await acquireLock();
  try {
    // While waiting for the lock, its owner may have done this very work.
    if (!step.isUpToDate()) await step.run();
  } finally {
    release();
  }
}

function isTooOld() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
