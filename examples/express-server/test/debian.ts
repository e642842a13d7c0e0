import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { acquireLock } from "../../../scripts/bootstrap/lock.mjs";

const run = promisify(execFile);
const lockFile = fileURLToPath(new URL("../../../.cache/apt.lock", import.meta.url));

/** Installs packages of Debian, where that is possible. Test files that run side by side wait for each other. */
export async function installPackages(...names: readonly string[]): Promise<boolean> {
  const release = await acquireLock(lockFile);
  try {
    const environment = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    const wait = ["-o", "DPkg::Lock::Timeout=120"];
    await run("apt-get", [...wait, "update"], environment);
    await run("apt-get", [...wait, "install", "-y", "--no-install-recommends", ...names], environment);
    return true;
  } catch {
    return false;
  } finally {
    release();
  }
}
