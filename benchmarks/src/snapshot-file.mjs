import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const program = fileURLToPath(new URL("./pyodide-snapshot.mjs", import.meta.url));

/** Pyodide's snapshot in a temporary file, made when it is first asked for and by another process than ours. */
export function createSnapshotFile() {
  /** @type {string | undefined} */
  let folder;
  /** @type {Promise<string> | undefined} */
  let made;

  const make = async () => {
    folder = mkdtempSync(join(tmpdir(), "wasmforge-bench-"));
    const file = join(folder, "pyodide.snapshot");
    await promisify(execFile)(process.execPath, [program, file]);
    return file;
  };

  return {
    path() {
      made ??= make();
      return made;
    },
    remove() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
