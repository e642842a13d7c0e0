import { ForgeError } from "@wasmforge/bridge";
import { z } from "zod";

/** How calls are shared out to the hosts of a model server. Every number is finite. */
export interface DispatchOptions {
  /**
   * Calls that are with one host at the same time. One more than the server works on at once keeps it busy without a
   * second line forming there, where nobody is fair: for Ollama, `OLLAMA_NUM_PARALLEL` + 1.
   * @default 2
   */
  readonly maxParallelPerHost?: number;
  /** How many calls may wait here, over all tenants. When that many do, whoever has most of them loses the last one. @default 256 */
  readonly maxQueue?: number;
  /** How often a call is sent, at most. Only what has not begun to answer is sent again. @default 3 */
  readonly maxAttempts?: number;
  /** How many milliseconds a call may take, waiting included, however much time its run has left. @default 600_000 */
  readonly callTimeoutMs?: number;
  /** How many milliseconds there may be between two pieces of an answer. @default 60_000 */
  readonly stallTimeoutMs?: number;
  /** When a host is left alone, and for how long. */
  readonly breaker?: {
    /** After how many failures in a row. @default 3 */
    readonly failures?: number;
    /** For how many milliseconds at first; each failed trial doubles it. @default 1_000 */
    readonly restMs?: number;
    /** The longest, in milliseconds. @default 30_000 */
    readonly maxRestMs?: number;
  };
}

const count = z.int().min(1).max(100_000);
const milliseconds = z.number().min(1).max(86_400_000);

/** For the schema of an adapter's own options. */
export const dispatchShape = {
  maxParallelPerHost: count.default(2),
  maxQueue: z.int().min(0).max(100_000).default(256),
  maxAttempts: z.int().min(1).max(10).default(3),
  callTimeoutMs: milliseconds.default(600_000),
  stallTimeoutMs: milliseconds.default(60_000),
  breaker: z
    .strictObject({
      failures: count.default(3),
      restMs: milliseconds.default(1_000),
      maxRestMs: milliseconds.default(30_000),
    })
    .prefault({}),
};

const dispatchSchema = z.strictObject(dispatchShape);

export type ResolvedDispatchOptions = Readonly<z.output<typeof dispatchSchema>>;

/** For an adapter that has no other options of its own. */
export function parseDispatchOptions(of: string, options: DispatchOptions): ResolvedDispatchOptions {
  return Object.freeze(parseOptions(of, dispatchSchema, options));
}

/** Options of an adapter, or a `ForgeError` that names the field. What is `undefined` counts as left out. */
export function parseOptions<Schema extends z.ZodType>(
  of: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new ForgeError(
    "invalid_options",
    `${of}: ${field === "" ? "the options" : field}: ${issue?.message}`,
  );
}
