/**
 * Stands in for `platform/seat-programs.ts` in tests, see vitest.config.ts: seats run the sources, too, which a thread or a
 * process can only do when they are bundled. In this repository, because there they find their packages.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { afterAll } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const cache = join(root, "node_modules/.cache");

let folder: string | undefined;

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

export function seatProgram(kind: "thread" | "process"): string {
  folder ??= bundle();
  return join(folder, `seat-${kind}.js`);
}

function bundle(): string {
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, "wasmforge-seats-"));
  const platform = fileURLToPath(new URL("../platform/", import.meta.url));
  buildSync({
    entryPoints: [join(platform, "seat-thread.ts"), join(platform, "seat-process.ts")],
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    tsconfig: join(root, "tsconfig.base.json"),
  });
  return outdir;
}
