import { readFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";
import { input, python } from "../work/plugin.mjs";

/** @import { OpenOptions, Subject } from "../types.js" */
/** @import { PyodideInterface } from "pyodide" */

/** A new interpreter for each run: the only isolation that Pyodide has. */
export async function openFresh() {
  return subject(() => loadPyodide());
}

/**
 * The same, but each interpreter starts from Pyodide's own memory snapshot, with `json` already imported.
 * @param {OpenOptions} options
 */
export async function openSnapshot({ snapshotFile }) {
  if (snapshotFile === undefined) throw new Error("pyodide snapshot: no snapshot was made");
  const _loadSnapshot = new Uint8Array(await readFile(snapshotFile));
  return subject(() => loadPyodide({ _loadSnapshot }));
}

export async function makeSnapshot() {
  const pyodide = await loadPyodide({ _makeSnapshot: true });
  pyodide.runPython("import json");
  return pyodide.makeMemorySnapshot();
}

/**
 * @param {() => Promise<PyodideInterface>} load
 * @returns {Subject}
 */
function subject(load) {
  /** @type {PyodideInterface[]} */
  const kept = [];
  /** @type {PyodideInterface | undefined} */
  let evaluator;

  return {
    async run() {
      return runPlugin(await load());
    },
    async keep() {
      const pyodide = await load();
      runPlugin(pyodide);
      kept.push(pyodide);
    },
    async evaluate(source) {
      evaluator ??= await load();
      return execute(evaluator, source, {});
    },
  };
}

/** @param {PyodideInterface} pyodide */
function runPlugin(pyodide) {
  return execute(pyodide, python, { text: input });
}

/**
 * @param {PyodideInterface} pyodide
 * @param {string} source
 * @param {Record<string, string>} names
 * @returns {string}
 */
function execute(pyodide, source, names) {
  const globals = pyodide.toPy({ __name__: "__main__", ...names });
  try {
    return pyodide.runPython(`${source}\nanswer`, { globals });
  } finally {
    globals.destroy();
  }
}
