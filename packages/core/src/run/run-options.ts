/**
 * What one run is asked for, parsed. By hand, not by schema: this is on the way of every run.
 */
import {
  type Policy,
  type ResolvedLimits,
  type ResolvedPolicy,
  toPlainData,
  toTextBytes,
} from "@wasmforge/bridge";
import type { InputFile } from "@wasmforge/python-runtime";
import { invalidOptions } from "../options/invalid-options.js";
import { isRecord } from "../options/is-record.js";
import type { PluginShelf, ResolvedPlugin } from "../plugin/plugin.js";
import { maxPathChars, parseFiles } from "./parse-files.js";
import { type RunLimits, stricterLimits, stricterPolicy } from "./stricter.js";

/** What one run is given. */
export interface RunOptions {
  /** What `get_input()` returns. Bytes are read as UTF-8. @default "" */
  readonly input?: string | Uint8Array;
  /** What `get_file()` returns. @default none: `get_file()` raises a `ValueError` */
  readonly file?: InputFile;
  /** Read-only files in memory by path, such as `data/a.csv`. The plugin opens them below `/`. @default none */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Ends the run as `stopped` with the reason `aborted`, wherever it is. */
  readonly signal?: AbortSignal;
  /** On whose behalf: the queue is fair between tenants, and calls per minute are counted for each. @default "default" */
  readonly tenant?: string;
  /** Makes random numbers repeatable, and guessable. Any safe integer. @default never the same twice */
  readonly seed?: number;
  /**
   * The time that the plugin sees, in milliseconds since 1970: it stands still but for what the plugin itself uses.
   * @default the real time
   */
  readonly now?: number;
  /** Narrows the Forge's policy: of two values the stricter holds. @default the Forge's */
  readonly policy?: Policy;
  /** Narrows the Forge's limits: of two numbers the smaller holds. @default the Forge's */
  readonly limits?: RunLimits;
  /** Gives `outcome.record`, with which `forge.replay` repeats the run without a model. Implies `seed` and `now`. @default false */
  readonly record?: boolean;
}

export interface ResolvedRun {
  readonly runId: string;
  readonly plugin: ResolvedPlugin;
  readonly tenant: string;
  readonly input: string | Uint8Array;
  readonly file: InputFile | undefined;
  readonly files: Readonly<Record<string, Uint8Array>> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly repeatable: { readonly seed: number; readonly nowMs: number } | undefined;
  readonly policy: ResolvedPolicy;
  readonly limits: ResolvedLimits;
  readonly isRecorded: boolean;
  /** It repeats another run, and calls nothing. */
  readonly isReplay?: boolean;
  /** The session that it is of. */
  readonly sessionId?: string;
}

export interface RunDefaults {
  readonly policy: ResolvedPolicy;
  readonly limits: ResolvedLimits;
  /** In the root, the interpreter's own: no file can be given below one of them. */
  readonly takenFolders: ReadonlySet<string>;
}

const known: ReadonlySet<string> = new Set([
  "input",
  "file",
  "files",
  "signal",
  "tenant",
  "seed",
  "now",
  "policy",
  "limits",
  "record",
] satisfies (keyof RunOptions)[]);

const maxTenantChars = 200;
const maxCachedOverrides = 256;
/** The last moment that JavaScript's own dates know. */
const maxDateMs = 8.64e15;

export type RunParser = (plugin: unknown, options: unknown) => ResolvedRun;

export function createRunParser(defaults: RunDefaults, plugins: PluginShelf): RunParser {
  const policyFor = cached("policy", (wanted) => stricterPolicy(defaults.policy, wanted));
  const limitsFor = cached("limits", (wanted) => stricterLimits(defaults.limits, wanted));

  return (plugin, options = {}) => {
    if (!isRecord(options)) throw invalidOptions("the options of a run must be an object such as { input }");
    for (const name in options) {
      if (!known.has(name)) {
        throw invalidOptions(`a run has no option ${name}; there are: ${[...known].join(", ")}`);
      }
    }
    const { input = "", signal, tenant = "default", record = false } = options as RunOptions;
    const limits = options.limits === undefined ? defaults.limits : limitsFor(options.limits);
    const policy = options.policy === undefined ? defaults.policy : policyFor(options.policy);
    if (typeof tenant !== "string" || tenant === "" || tenant.length > maxTenantChars) {
      throw invalidOptions(`tenant must be a text of 1 to ${maxTenantChars} characters`);
    }
    if (signal !== undefined && !isSignal(signal)) throw invalidOptions("signal must be an AbortSignal");
    if (typeof record !== "boolean") throw invalidOptions("record must be true or false");
    const file = options.file === undefined ? undefined : parseFile(options.file);
    checkInput(input, file, limits);
    return {
      runId: crypto.randomUUID(),
      plugin: plugins.parse(plugin, limits),
      tenant,
      input: typeof input === "string" ? input : new Uint8Array(input),
      file,
      files:
        options.files === undefined ? undefined : parseFiles(options.files, limits, defaults.takenFolders),
      signal,
      repeatable: parseRepeatable(options, record),
      policy,
      limits,
      isRecorded: record,
    };
  };
}

/** Hosts use few different overrides, again and again. They are recognised by what they say, not by which object says it. */
function cached<T>(name: string, resolve: (wanted: unknown) => T): (given: unknown) => T {
  const resolved = new Map<string, T>();
  return (given) => {
    const wanted = toPlainData(given, name);
    const key = toExactJson(wanted);
    const found = key === undefined ? undefined : resolved.get(key);
    if (found) return found;
    const made = resolve(wanted);
    if (key !== undefined) {
      if (resolved.size >= maxCachedOverrides) resolved.clear();
      resolved.set(key, made);
    }
    return made;
  };
}

/** Absent where JSON would say the same of something else: it has no -0, no numbers without end, and no holes. */
function toExactJson(plain: unknown): string | undefined {
  let isExact = true;
  const json = JSON.stringify(plain, function (this: unknown, _, value: unknown) {
    const isNumber = typeof value === "number" && Number.isFinite(value) && !Object.is(value, -0);
    const isLeftOut = value === undefined && !Array.isArray(this);
    isExact &&= isNumber || isLeftOut || ["string", "boolean", "object"].includes(typeof value);
    return typeof value === "bigint" ? null : value;
  });
  return isExact ? json : undefined;
}

function checkInput(input: unknown, file: InputFile | undefined, { inputBytes }: ResolvedLimits): void {
  if (typeof input !== "string" && !(input instanceof Uint8Array)) {
    throw invalidOptions("input must be a text, or bytes; JSON.stringify makes a text of other values");
  }
  const room = inputBytes - (file?.bytes.byteLength ?? 0);
  if (!fits(input, room)) {
    throw invalidOptions(
      `input and file have more than ${inputBytes} bytes together; limits.inputBytes allows more`,
    );
  }
}

/** Encodes only what is so near to the limit that its length does not tell. */
function fits(content: string | Uint8Array, bytes: number): boolean {
  if (content.length > bytes) return false;
  return (
    typeof content !== "string" || content.length * 3 <= bytes || toTextBytes(content).byteLength <= bytes
  );
}

function parseFile(file: unknown): InputFile {
  if (!isRecord(file)) throw invalidOptions("file must be { name, mediaType, bytes }");
  const { name, mediaType, bytes } = file;
  if (
    typeof name !== "string" ||
    typeof mediaType !== "string" ||
    name.length + mediaType.length > maxPathChars
  ) {
    throw invalidOptions("file.name and file.mediaType must be short texts");
  }
  if (!(bytes instanceof Uint8Array))
    throw invalidOptions("file.bytes must be bytes, such as fs.readFile gives");
  return { name, mediaType, bytes: new Uint8Array(bytes) };
}

function parseRepeatable({ seed, now }: Record<string, unknown>, record: boolean): ResolvedRun["repeatable"] {
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw invalidOptions("seed must be a safe integer");
  if (now !== undefined && !(typeof now === "number" && now >= 0 && now <= maxDateMs)) {
    throw invalidOptions("now must be milliseconds since 1970, such as Date.now() gives");
  }
  if (seed === undefined && now === undefined && !record) return undefined;
  return {
    seed: (seed as number | undefined) ?? randomSeed(),
    nowMs: (now as number | undefined) ?? Date.now(),
  };
}

function randomSeed(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}

/** By what it can, not by its class: it may come from another realm. */
function isSignal(value: unknown): value is AbortSignal {
  const { aborted, addEventListener, removeEventListener } = (value ?? {}) as Partial<AbortSignal>;
  return (
    typeof aborted === "boolean" &&
    typeof addEventListener === "function" &&
    typeof removeEventListener === "function"
  );
}
