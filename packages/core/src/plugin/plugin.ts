/** What hosts hand in to be run, and what the Forge makes of it. */
import { type ResolvedLimits, toTextBytes } from "@wasmforge/bridge";
import { sha256 } from "../hash/platform/sha256.js";
import { invalidOptions } from "../options/invalid-options.js";

/** What a host hands in to be run. */
export interface Plugin {
  /**
   * For people, audit records and rates: a tenant's plugins of one name share their calls per minute. One line of at most 200
   * characters.
   */
  readonly name: string;
  /** Python. Bytes are taken as they are, so that a declared encoding is honoured. */
  readonly source: string | Uint8Array;
}

export interface ResolvedPlugin extends Plugin {
  /** Of the source as bytes, in hexadecimal. */
  readonly sha256: string;
  /** It will be run often, and seats keep it compiled. */
  readonly isPrepared?: true;
}

const maxNameChars = 200;
const lineBreakOrControl = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Knows plugins that were run before, so that their source is measured and hashed once. */
export interface PluginShelf {
  parse(plugin: unknown, limits: ResolvedLimits): ResolvedPlugin;
  /** From then on this very object is known when it is parsed. */
  prepare<T extends Plugin>(plugin: T): T;
}

const maxKnown = 1_000;
const maxKnownChars = 16 * 1024 * 1024;

interface Known {
  readonly bytes: number;
  readonly sha256: string;
}

export function createPluginShelf(): PluginShelf {
  const known = new Map<string, Known>();
  const prepared = new WeakSet<Plugin>();
  let knownChars = 0;

  function look(source: string | Uint8Array): Known {
    const found = typeof source === "string" ? known.get(source) : undefined;
    if (found) return found;
    const bytes = typeof source === "string" ? toTextBytes(source) : source;
    const seen = { bytes: bytes.byteLength, sha256: sha256(bytes) };
    if (typeof source === "string") remember(source, seen);
    return seen;
  }

  function remember(source: string, seen: Known): void {
    known.set(source, seen);
    knownChars += source.length;
    for (const oldest of known.keys()) {
      if (known.size <= maxKnown && knownChars <= maxKnownChars) break;
      known.delete(oldest);
      knownChars -= oldest.length;
    }
  }

  return {
    parse(plugin, { sourceBytes }) {
      const { name, source } = parsePlugin(plugin);
      // Before anything is made of it: a text has at least as many bytes as units.
      const taken = source.length <= sourceBytes ? taking(source) : undefined;
      const size = taken === undefined ? undefined : look(taken);
      if (taken === undefined || size === undefined || size.bytes > sourceBytes) {
        throw invalidOptions(
          `the source of the plugin ${name} has more than ${sourceBytes} bytes; limits.sourceBytes allows more`,
        );
      }
      const isPrepared = prepared.has(plugin as Plugin) && { isPrepared: true as const };
      return { name, source: taken, sha256: size.sha256, ...isPrepared };
    },
    prepare(plugin) {
      prepared.add(plugin);
      return plugin;
    },
  };
}

/** A copy of bytes: what runs is what was hashed, also when the host uses their memory for something else meanwhile. */
function taking(source: string | Uint8Array): string | Uint8Array {
  return typeof source === "string" ? source : new Uint8Array(source);
}

function parsePlugin(plugin: unknown): Plugin {
  if (typeof plugin !== "object" || plugin === null)
    throw invalidOptions("a plugin must be { name, source }");
  const { name, source } = plugin as Partial<Plugin>;
  if (
    typeof name !== "string" ||
    name === "" ||
    name.length > maxNameChars ||
    lineBreakOrControl.test(name)
  ) {
    throw invalidOptions(`a plugin's name must be one line of 1 to ${maxNameChars} characters`);
  }
  if (typeof source !== "string" && !(source instanceof Uint8Array)) {
    throw invalidOptions(`the source of the plugin ${name} must be a text, or bytes`);
  }
  return { name, source };
}
