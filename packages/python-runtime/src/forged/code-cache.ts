/**
 * Compiled plugins, so that an instance which runs one again does not compile it again: compiling a few lines takes as
 * long as restoring the interpreter.
 *
 * The code comes from a restored instance in which nothing but Python's compiler has run, never from one that has run a
 * plugin. So it depends on the plugin's text alone, and carries nothing from one run to another.
 */
import type { RunRequest } from "../port.js";

const mostPlugins = 32;
/** Larger ones are rare, and would hold memory for long. */
const mostSourceLength = 64 << 10;
const mostCodeBytes = 1 << 20;

interface Entry {
  runs: number;
  /** Nothing where the plugin must be compiled for each run. */
  code?: Uint8Array;
}

export class CodeCache {
  readonly #entries = new Map<string, Entry>();

  /** Counts a run, and gives the code if there is any. */
  use(request: RunRequest): Uint8Array | undefined {
    const key = keyOf(request);
    if (key === undefined) return undefined;
    const entry = this.#entries.get(key) ?? { runs: 0 };
    entry.runs += 1;
    // The last one used is the last one to go.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > mostPlugins) this.#entries.delete(this.#entries.keys().next().value ?? "");
    return entry.code;
  }

  /** Once for each plugin, when it has been run for the second time. */
  isWorthCompiling(request: RunRequest): boolean {
    const key = keyOf(request);
    const entry = key === undefined ? undefined : this.#entries.get(key);
    return entry?.runs === 2 && entry.code === undefined;
  }

  keep(request: RunRequest, code: Uint8Array): void {
    const key = keyOf(request);
    const entry = key === undefined ? undefined : this.#entries.get(key);
    if (entry && code.length > 0 && code.length <= mostCodeBytes) entry.code = code;
  }
}

function keyOf({ source, fileName }: RunRequest): string | undefined {
  if (typeof source !== "string" || source.length > mostSourceLength) return undefined;
  return `${fileName}\0${source}`;
}
