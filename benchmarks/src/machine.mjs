import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";

/** @import { Machine } from "./types.js" */

/**
 * What the figures were taken on. Nothing that names the machine or its owner.
 * @returns {Machine}
 */
export function describeMachine() {
  const cpus = os.cpus();
  const python3 = findPython3();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    ...(python3 === undefined ? {} : { python3: python3.version }),
    cpu: cpus[0]?.model.trim() ?? "unknown",
    cores: cpus.length,
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
    platform: `${process.platform} ${process.arch}`,
    load: os.loadavg()[0] ?? 0,
    date: new Date().toISOString(),
    peers: peerVersions(),
  };
}

/**
 * The interpreter itself: what is called `python3` may be a script that chooses one, and slower than Python is.
 * @returns {{ executable: string, version: string } | undefined}
 */
export function findPython3() {
  const source = "import sys; print(sys.executable); print('.'.join(map(str, sys.version_info[:3])))";
  const { status, stdout } = spawnSync("python3", ["-I", "-c", source], { encoding: "utf8" });
  const [executable, version] = status === 0 ? stdout.trim().split("\n") : [];
  return executable && version ? { executable, version } : undefined;
}

/** @returns {Record<string, string>} */
function peerVersions() {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  /** @type {[string, string][]} */
  const dependencies = Object.entries(manifest.dependencies);
  return Object.fromEntries(dependencies.filter(([name]) => !name.startsWith("@wasmforge/")));
}
