import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { announce, root } from "./step.mjs";

const cacheFolder = join(root, ".cache");
const lockFile = join(cacheFolder, "bootstrap.lock");
const heartbeatMs = 2_000;
const staleAfterMs = 60_000;

/**
 * Keeps two bootstraps of one clone from working at once; the second waits. The owner touches the file while it
 * works, so a lock that a killed process left behind is recognised and taken over.
 *
 * @returns {Promise<() => void>} releases the lock
 */
export async function acquireLock() {
  mkdirSync(cacheFolder, { recursive: true });
  let announced = false;
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
    if (isStale()) {
      discardStaleLock();
      continue;
    }
    if (!announced) announce("waiting for another bootstrap of this clone to finish");
    announced = true;
    await delay(250);
  }
  const heartbeat = setInterval(touch, heartbeatMs);
  return () => {
    clearInterval(heartbeat);
    if (owner() === process.pid) rmSync(lockFile, { force: true });
  };
}

function touch() {
  const now = new Date();
  // A lock that somebody deleted by hand is his decision, not a reason to fail.
  utimes(lockFile, now, now, () => {});
}

function owner() {
  try {
    return Number(readFileSync(lockFile, "utf8"));
  } catch {
    return 0;
  }
}

function isStale() {
  try {
    const pid = owner();
    const silentMs = Date.now() - statSync(lockFile).mtimeMs;
    return silentMs > staleAfterMs || (pid > 0 && !isAlive(pid));
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Renaming makes one of several finders the remover. Not guaranteed: a finder that pauses between its look and its
 * rename, while another takes the lock over, moves that fresh lock away. Two bootstraps then run at once, once.
 */
function discardStaleLock() {
  const discarded = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, discarded);
  } catch {
    return;
  }
  rmSync(discarded, { force: true });
}
