/** Makes JavaScript of sources, for threads and processes of tests: only the test runner itself can load TypeScript. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const sources = fileURLToPath(new URL("../", import.meta.url));
/** In this repository, because there they find their packages. */
const cache = join(root, "node_modules/.cache");

const prefix = "wasmforge-test-";
const anHourMs = 3_600_000;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** `entries` are below `src`, without `.ts`. The folder has a `.js` of the same name for each, and goes with the test. */
export function bundle(entries: readonly string[]): string {
  mkdirSync(cache, { recursive: true });
  removeForgotten();
  const folder = mkdtempSync(join(cache, prefix));
  folders.push(folder);
  // The command, because esbuild's own way of not returning before it is done leaves a thread behind.
  execFileSync(join(root, "node_modules/.bin/esbuild"), [
    ...entries.map((entry) => join(sources, `${entry}.ts`)),
    `--outdir=${folder}`,
    "--entry-names=[name]",
    `--tsconfig=${join(root, "tsconfig.base.json")}`,
    "--bundle",
    "--splitting",
    "--platform=node",
    "--format=esm",
    "--target=node20",
    "--log-level=warning",
  ]);
  return folder;
}

/** Of tests that were killed. */
function removeForgotten(): void {
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(cache, name);
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > anHourMs) rmSync(folder, { recursive: true, force: true });
  }
}
