import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../run-program.mjs";
import { announce } from "./step.mjs";

const heartbeatMs = 2_000;
const staleAfterMs = 60_000;

/**
 * Keeps two bootstraps of one clone from working at once; the second waits. The owner touches the file while it
 * works, so a lock that a killed process left behind is recognised and taken over.
 *
 * @param {string} [lockFile]
 * @returns {Promise<() => void>} releases the lock
 */
export async function acquireLock(lockFile = join(root, ".cache/bootstrap.lock")) {
  mkdirSync(dirname(lockFile), { recursive: true });
  let announced = false;
  while (!take(lockFile)) {
    if (isStale(lockFile)) {
      discardStale(lockFile);
      continue;
    }
    if (!announced) announce("waiting for another build in this clone to finish");
    announced = true;
    await delay(100);
  }
  const heartbeat = setInterval(() => touch(lockFile), heartbeatMs);
  return () => {
    clearInterval(heartbeat);
    if (ownerOf(lockFile) === process.pid) rmSync(lockFile, { force: true });
  };
}

/** @param {string} lockFile */
function take(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} lockFile */
function touch(lockFile) {
  const now = new Date();
  // A lock that somebody deleted by hand is his decision, not a reason to fail.
  utimes(lockFile, now, now, () => {});
}

/** @param {string} lockFile */
function ownerOf(lockFile) {
  try {
    return Number(readFileSync(lockFile, "utf8"));
  } catch {
    return 0;
  }
}

/** @param {string} lockFile */
function isStale(lockFile) {
  const touched = statSync(lockFile, { throwIfNoEntry: false });
  if (touched === undefined) return false;
  const pid = ownerOf(lockFile);
  return Date.now() - touched.mtimeMs > staleAfterMs || (pid > 0 && !isAlive(pid));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * Renaming makes one of several finders the remover. Not guaranteed: a finder that pauses between its look and its
 * rename, while another takes the lock over, moves that fresh lock away. Two bootstraps then run at once, once.
 *
 * @param {string} lockFile
 */
function discardStale(lockFile) {
  const discarded = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, discarded);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  rmSync(discarded, { force: true });
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
