/**
 * Compiled plugins, so that an instance which runs one again does not compile it again: compiling a few lines takes as
 * long as restoring the interpreter.
 *
 * The code comes from a restored instance in which nothing but Python's compiler has run, never from one that has run a
 * plugin. So it depends on the plugin's text and its file's name alone, and carries nothing from one run to another.
 */
import type { RunRequest } from "../port.js";

const mostPlugins = 32;
/** Larger ones are rare, and would hold memory for long. */
const mostSourceLength = 64 << 10;
const mostCodeBytes = 128 << 10;
/** Compiling takes less than a whole run took; and a plugin that runs for longer has little to gain. */
const longestRunMs = 20;

/** What compiled code depends on. */
export interface CacheablePlugin {
  readonly source: string;
  readonly fileName: string;
}

export function toCacheable({ source, fileName }: RunRequest): CacheablePlugin | undefined {
  return typeof source === "string" && source.length <= mostSourceLength ? { source, fileName } : undefined;
}

interface Entry {
  readonly fileName: string;
  /** Nothing before the second run. */
  code?: Uint8Array | "none";
}

export class CodeCache {
  /** By text; the one that was used last is the last to go. */
  readonly #entries = new Map<string, Entry>();

  find(plugin: CacheablePlugin): Uint8Array | undefined {
    const code = this.#entryOf(plugin)?.code;
    return code === "none" ? undefined : code;
  }

  /** Takes note of a run, and says whether the next one should find code: from the second on, if it was a short one. */
  used(plugin: CacheablePlugin, tookMs: number): boolean {
    const known = this.#entryOf(plugin);
    this.#entries.delete(plugin.source);
    this.#entries.set(plugin.source, known ?? { fileName: plugin.fileName });
    if (this.#entries.size > mostPlugins) this.#entries.delete(this.#entries.keys().next().value ?? "");
    return known !== undefined && known.code === undefined && tookMs <= longestRunMs;
  }

  /** No bytes: this plugin must be compiled for every run, to fail or to warn. */
  keep(plugin: CacheablePlugin, code: Uint8Array): void {
    const entry = this.#entryOf(plugin);
    if (entry) entry.code = code.length > 0 && code.length <= mostCodeBytes ? code : "none";
  }

  #entryOf({ source, fileName }: CacheablePlugin): Entry | undefined {
    const entry = this.#entries.get(source);
    return entry?.fileName === fileName ? entry : undefined;
  }
}
