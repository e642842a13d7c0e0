import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { acquireLock } from "../../../scripts/bootstrap/lock.mjs";

const run = promisify(execFile);
const lockFile = fileURLToPath(new URL("../../../.cache/apt.lock", import.meta.url));

/** What a hook or a test that installs packages needs at the worst: others may be installing theirs before it. */
export const installingMs = 600_000;

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

/** A program's path; undefined where it is not installed and cannot be. */
export async function findProgram(name: string, { of = name } = {}): Promise<string | undefined> {
  return search(name) ?? ((await installPackages(of)) ? search(name) : undefined);
}

function search(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
