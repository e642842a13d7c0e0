/**
 * Every limit of a run: its unit (in its name), its default, the most and the least it may be, who enforces it and how.
 * There is no way to switch one off.
 */
import { ForgeError } from "../errors/forge-error.js";
import { toPlainData } from "../plain-data.js";

const KiB = 1024;
const MiB = 1024 * KiB;
const hour = 3_600_000;

export interface Limit {
  readonly unit: "ms" | "MiB" | "bytes" | "runs";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly meaning: string;
  /** Who enforces it, and what happens beyond it. */
  readonly enforced: string;
}

/** All limits with their bounds: what `parseLimits` checks against, and what a host can show its users. */
export const limitTable = {
  /** Milliseconds from the moment the guest starts, waiting for answers included. @default 120_000 */
  wallTimeMs: {
    unit: "ms",
    default: 120_000,
    min: 1,
    max: 24 * hour,
    meaning: "Time from the moment the guest starts, waiting for answers included.",
    enforced: "The pool kills the seat: stopped with `timeout`. Calls in flight are aborted.",
  },
  /** Milliseconds of the guest's own computing; waiting for answers does not count. @default 30_000 */
  computeMs: {
    unit: "ms",
    default: 30_000,
    min: 1,
    max: 24 * hour,
    meaning: "The guest's own time; waiting for answers does not count.",
    enforced: "The pool kills the seat: stopped with `compute`.",
  },
  /** The guest's whole linear memory, the interpreter included, in units of 1,048,576 bytes. @default 128 */
  memoryMb: {
    unit: "MiB",
    default: 128,
    min: 1,
    max: 4096,
    meaning:
      "The guest's whole linear memory, the interpreter included (the runtime says how much that is at least).",
    enforced:
      "The engine: it is the maximum of the imported memory. `MemoryError` in the plugin; stopped with `memory`.",
  },
  /** All that `send_output` is given, in bytes. An item counts as 32 bytes at least. @default 1_048_576 */
  outputBytes: {
    unit: "bytes",
    default: MiB,
    min: 0,
    max: 256 * MiB,
    meaning: "All that `send_output` is given. An item counts as 32 bytes at least.",
    enforced: "The gate, before it reads the text: stopped with `output`.",
  },
  /** What is printed, in bytes, for each of stdout and stderr. @default 1_048_576 */
  printBytes: {
    unit: "bytes",
    default: MiB,
    min: 0,
    max: 256 * MiB,
    meaning: "What is printed, for each of stdout and stderr.",
    enforced: "The runtime: stopped with `output`.",
  },
  /** All messages of `log`, in bytes. A message counts as 32 bytes at least. @default 262_144 */
  logBytes: {
    unit: "bytes",
    default: 256 * KiB,
    min: 0,
    max: 64 * MiB,
    meaning: "All messages of `log`. A message counts as 32 bytes at least.",
    enforced: "The gate, before it reads the message: stopped with `output`.",
  },
  /** What `get_input` and `get_file` return, in bytes together. @default 16_777_216 */
  inputBytes: {
    unit: "bytes",
    default: 16 * MiB,
    min: 0,
    max: 256 * MiB,
    meaning: "What `get_input` and `get_file` return.",
    enforced: "The Forge, before the run is queued: `invalid_options`.",
  },
  /** The plugin's source, in bytes. @default 1_048_576 */
  sourceBytes: {
    unit: "bytes",
    default: MiB,
    min: 1,
    max: 64 * MiB,
    meaning: "The plugin's source.",
    enforced: "The Forge, before the run is queued: `invalid_options`.",
  },
  /** All files that a run is given, in bytes together. @default 16_777_216 */
  filesBytes: {
    unit: "bytes",
    default: 16 * MiB,
    min: 0,
    max: 512 * MiB,
    meaning: "All files that a run is given.",
    enforced: "The Forge, before the run is queued: `invalid_options`.",
  },
  /** One call of the guest, in bytes, images included. @default 8_388_608 */
  callBytes: {
    unit: "bytes",
    default: 8 * MiB,
    min: KiB,
    max: 32 * MiB,
    meaning: "One call of the guest, images included.",
    enforced: "The gate, before it reads the call: the call is refused with `too_large`.",
  },
  /** All calls of a run together, in bytes; output and logs have limits of their own. @default 67_108_864 */
  callBytesTotal: {
    unit: "bytes",
    default: 64 * MiB,
    min: KiB,
    max: 64 * KiB * MiB,
    meaning: "All calls of a run together; output and logs have limits of their own.",
    enforced: "The gate, before it reads a call: the call is refused with `too_large`.",
  },
  /** One reply to the guest, in bytes: a model's answer, vectors, a tool's result. @default 4_194_304 */
  replyBytes: {
    unit: "bytes",
    default: 4 * MiB,
    min: 4 * KiB,
    max: 32 * MiB,
    meaning: "One reply to the guest: a model's answer, vectors, a tool's result.",
    enforced: "The gate, while it collects: the call fails with `reply_too_large`.",
  },
  /** Replies to begun calls that the guest has not fetched yet, in bytes. @default 16_777_216 */
  heldBytes: {
    unit: "bytes",
    default: 16 * MiB,
    min: 4 * KiB,
    max: 512 * MiB,
    meaning: "Replies to begun calls that the guest has not fetched yet.",
    enforced: "The gate: the call that goes over it fails with `reply_too_large`.",
  },
  /** How many runs may wait for a seat, in the whole Forge. @default 1_000 */
  queueLength: {
    unit: "runs",
    default: 1_000,
    min: 0,
    max: 1_000_000,
    meaning: "Runs that wait for a seat, in the whole Forge.",
    enforced: "The pool: the run is refused with `overloaded`.",
  },
  /** How many milliseconds a run may wait for a seat. @default 30_000 */
  queueMs: {
    unit: "ms",
    default: 30_000,
    min: 0,
    max: hour,
    meaning: "How long a run waits for a seat.",
    enforced: "The pool: the run is refused with `overloaded`.",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limitTable;

// Mapped over `keyof` itself, not over `LimitName`: so editors show each limit's comment.
/** Limits as a host gives them. What is left out has its default. */
export type Limits = { readonly [Name in keyof typeof limitTable]?: number };
/** Limits with nothing left open. */
export type ResolvedLimits = { readonly [Name in keyof typeof limitTable]: number };

const names = Object.keys(limitTable) as readonly LimitName[];

/** What holds where nothing is said. */
export const defaultLimits: ResolvedLimits = Object.freeze(
  Object.fromEntries(names.map((name) => [name, limitTable[name].default])) as ResolvedLimits,
);

/** Checks every number against the table. `defaults` are those of the Forge where a run brings limits of its own. */
export function parseLimits(input: unknown = {}, defaults: ResolvedLimits = defaultLimits): ResolvedLimits {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ForgeError("invalid_options", "limits must be an object such as { wallTimeMs: 10_000 }");
  }
  const resolved = { ...defaults };
  for (const [name, value] of Object.entries(toPlainData(input, "limits") as object)) {
    if (!Object.hasOwn(limitTable, name)) {
      throw new ForgeError(
        "invalid_options",
        `limits.${name} does not exist; there are: ${names.join(", ")}`,
      );
    }
    if (value !== undefined) {
      resolved[name as LimitName] = parseLimit(name as LimitName, value);
    }
  }
  return Object.freeze(resolved);
}

function parseLimit(name: LimitName, value: unknown): number {
  const { unit, min, max } = limitTable[name];
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  const got = typeof value === "number" ? value : typeof value;
  throw new ForgeError(
    "invalid_options",
    `limits.${name} must be a whole number of ${unit} between ${min} and ${max}, not ${got}`,
  );
}
