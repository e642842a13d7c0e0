/**
 * Compiled plugins, so that an instance which runs one again does not compile it again: compiling a few lines takes as
 * long as restoring the interpreter.
 *
 * The code comes from a restored instance in which nothing but Python's compiler has run, never from one that has run a
 * plugin. So it depends on the plugin's text and its file's name alone, and carries nothing from one run to another.
 */
import type { RunRequest } from "../port.js";

const mostPlugins = 32;
interface Bounds {
  readonly sourceLength: number;
  readonly codeBytes: number;
  /** Of the run before it is compiled, which takes less than that. */
  readonly runMs: number;
  /** Runs before it is compiled. */
  readonly runs: number;
}
/** Of plugins that nobody has spoken for: large ones are rare, and those that run for long have little to gain. */
const bounds: Bounds = { sourceLength: 64 << 10, codeBytes: 128 << 10, runMs: 20, runs: 2 };
const preparedBounds: Bounds = { sourceLength: 4 << 20, codeBytes: 2 << 20, runMs: 2_000, runs: 1 };
const boundsOf = ({ isPrepared }: CacheablePlugin): Bounds => (isPrepared ? preparedBounds : bounds);

export interface CacheablePlugin {
  /** What compiled code depends on. */
  readonly source: string;
  readonly fileName: string;
  readonly isPrepared: boolean;
}

export function toCacheable({
  source,
  fileName,
  isPrepared = false,
}: RunRequest): CacheablePlugin | undefined {
  if (typeof source !== "string") return undefined;
  const plugin = { source, fileName, isPrepared };
  return source.length <= boundsOf(plugin).sourceLength ? plugin : undefined;
}

interface Entry {
  readonly fileName: string;
  runs: number;
  /** Nothing before it was compiled. */
  code?: Uint8Array | "none";
}

export class CodeCache {
  /** By text; the one that was used last is the last to go. */
  readonly #entries = new Map<string, Entry>();

  find(plugin: CacheablePlugin): Uint8Array | undefined {
    const code = this.#entryOf(plugin)?.code;
    return code === "none" ? undefined : code;
  }

  /** Takes note of a run, and says whether the next one should find code. */
  used(plugin: CacheablePlugin, tookMs: number): boolean {
    const entry = this.#entryOf(plugin) ?? { fileName: plugin.fileName, runs: 0 };
    entry.runs += 1;
    this.#entries.delete(plugin.source);
    this.#entries.set(plugin.source, entry);
    if (this.#entries.size > mostPlugins) this.#entries.delete(this.#entries.keys().next().value ?? "");
    const { runs, runMs } = boundsOf(plugin);
    return entry.code === undefined && entry.runs >= runs && tookMs <= runMs;
  }

  /** No bytes: this plugin must be compiled for every run, to fail or to warn. */
  keep(plugin: CacheablePlugin, code: Uint8Array): void {
    const entry = this.#entryOf(plugin);
    if (entry) entry.code = code.length > 0 && code.length <= boundsOf(plugin).codeBytes ? code : "none";
  }

  #entryOf({ source, fileName }: CacheablePlugin): Entry | undefined {
    const entry = this.#entries.get(source);
    return entry?.fileName === fileName ? entry : undefined;
  }
}
