import {
  type CallSummary,
  type DecideCall,
  ForgeError,
  type Limits,
  type Policy,
  type Provider,
  parseLimits,
  parsePolicy,
  type ResolvedLimits,
  type ResolvedPolicy,
  type ToolSet,
} from "@wasmforge/bridge";
import { z } from "zod";
import type { AuditSink } from "../audit/audit-sink.js";
import type { TelemetryOptions } from "../telemetry/telemetry.js";
import type { HostTools, ToolInputs } from "../tools/host-tool.js";
import { parseTools } from "../tools/parse-tools.js";

/** How a Forge is made. Everything can be left out: then plugins may compute and send output, and nothing else. */
export interface ForgeOptions<Inputs extends ToolInputs = ToolInputs> {
  /**
   * `forged` is the interpreter that is restored from a snapshot for each run, `stock` one that is started anew; `auto` takes
   * the forged one where its image is. The variable WASMFORGE_RUNTIME decides for `auto`. @default "auto"
   */
  readonly runtime?: "forged" | "stock" | "auto";
  /** The folder of an image of your own, as `npm run build:python -- --out` makes it. @default the one that comes with WasmForge */
  readonly image?: string;
  /**
   * Where plugins run: in worker threads, or in processes, which are slower to start, larger, and a second wall.
   * @default "thread"
   */
  readonly seat?: "thread" | "process";
  /** How many plugins run at the same time; more wait in a queue. @default one for each core that this process may use */
  readonly seats?: number;
  /** Tuning of the seats, which is seldom needed. */
  readonly pool?: PoolTuning;
  /**
   * Who answers model calls. Where several have a model, the first of them answers. Whoever created them disposes of them, after
   * the Forge. @default none
   */
  readonly providers?: readonly Provider[];
  /** What plugins may ask for. @default nothing */
  readonly policy?: Policy;
  /** How much time, memory, output and queue there is. @default `defaultLimits`, all finite */
  readonly limits?: Limits;
  /** What plugins may have the host do. The policy must allow each: `policy: { tools: { lookup: true } }`. @default none */
  readonly tools?: HostTools<Inputs>;
  /** Has the last word on model and tool calls. @default the policy alone decides */
  readonly decide?: DecideCall;
  /** Keeps a record of every run. @default none is kept */
  readonly audit?: AuditOptions;
  /** OpenTelemetry. @default what is registered globally, which is nothing unless the app sets up an SDK */
  readonly telemetry?: boolean | TelemetryOptions;
  /**
   * Seals sleeping sessions, so that nobody else can make or change them: at least 32 random bytes, kept secret.
   * @default none: damage and mix-ups are found, forgeries are not
   */
  readonly sessionKey?: Uint8Array;
  /** Is told what a provider, a tool or `decide` threw, which plugins never learn. It may have secrets of the host's in it. @default nobody is told */
  readonly onCallFault?: (fault: CallFault) => void;
  /** Is given the line that says that the stock interpreter is used because the image is missing. @default `console.warn` */
  readonly warn?: (line: string) => void;
}

export interface PoolTuning {
  /** How many plugins of one tenant run at the same time. @default `seats` */
  readonly seatsPerTenant?: number;
  /** How many seats there are beyond `seats`, to stand in for those that were killed or are being reset. @default 1 */
  readonly spares?: number;
  /**
   * How many milliseconds a new seat runs Python of its own before its first run, so that the first plugins are not slower than
   * later ones. @default 250
   */
  readonly warmUpMs?: number;
  /** A seat is replaced after so many runs; 0: never. @default 100_000 */
  readonly maxRunsPerSeat?: number;
  /** A seat that is older than this many milliseconds is replaced; 0: never. @default 3_600_000, an hour */
  readonly maxSeatAgeMs?: number;
}

/** Where audit records go, and what they hold. */
export interface AuditOptions {
  /** For example `jsonLinesFile("audit.jsonl")`. */
  readonly sink: AuditSink;
  /** Whether records hold what went in and came out: sources, inputs, outputs, errors. @default false */
  readonly content?: boolean;
  /**
   * What becomes of runs while the sink fails: they go on, and their records wait for it as long as there is room; or they
   * are refused with `audit_failed` until it takes records again. @default "continue"
   */
  readonly whenFailing?: "continue" | "refuse";
  /**
   * How many milliseconds the sink may take for what it is given. One that takes longer counts as failing, and `close` waits no
   * longer for it. @default 5_000
   */
  readonly flushMs?: number;
  /** Is told of every failure of the sink. @default `console.error` */
  readonly onError?: (error: ForgeError) => void;
}

/** What went wrong on the host's side of a call. */
export interface CallFault {
  readonly runId: string;
  readonly plugin: string;
  readonly tenant: string;
  readonly call: CallSummary;
  /** What was thrown. */
  readonly cause: unknown;
}

export interface ResolvedForgeOptions {
  readonly runtime: "forged" | "stock" | "auto";
  readonly image: string | undefined;
  readonly seat: "thread" | "process";
  readonly seats: number | undefined;
  readonly pool: PoolTuning;
  readonly providers: readonly Provider[];
  readonly policy: ResolvedPolicy;
  readonly limits: ResolvedLimits;
  readonly tools: ToolSet;
  readonly decide: DecideCall | undefined;
  readonly audit: Required<AuditOptions> | undefined;
  readonly telemetry: TelemetryOptions | undefined;
  readonly sessionKey: Uint8Array | undefined;
  readonly onCallFault: ((fault: CallFault) => void) | undefined;
  readonly warn: ((line: string) => void) | undefined;
}

const aFunction = <T>() => z.custom<T>((value) => typeof value === "function", "must be a function");
const anObjectWith = <T>(...methods: readonly string[]) =>
  z.custom<T>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      methods.every((name) => typeof (value as Record<string, unknown>)[name] === "function"),
    `must be an object with ${methods.join(", ")}`,
  );
const count = (most: number) => z.int().min(0).max(most);

const optionsSchema = z.strictObject({
  runtime: z.enum(["forged", "stock", "auto"]).default("auto"),
  image: z.string().min(1).optional(),
  seat: z.enum(["thread", "process"]).default("thread"),
  seats: z.int().min(1).max(1_024).optional(),
  pool: z
    .strictObject({
      seatsPerTenant: z.int().min(1).max(1_024).optional(),
      spares: count(1_024).optional(),
      warmUpMs: count(60_000).optional(),
      maxRunsPerSeat: count(1_000_000_000).optional(),
      maxSeatAgeMs: count(1_000_000_000).optional(),
    })
    .default({}),
  providers: z
    .array(
      anObjectWith<Provider>("generate", "models", "health").refine(
        ({ name }) => typeof name === "string" && name !== "",
        "must have a name",
      ),
    )
    .default([]),
  policy: z.unknown().optional(),
  limits: z.unknown().optional(),
  tools: z.unknown().optional(),
  decide: aFunction<DecideCall>().optional(),
  audit: z
    .strictObject({
      sink: anObjectWith<AuditSink>("write"),
      content: z.boolean().default(false),
      whenFailing: z.enum(["continue", "refuse"]).default("continue"),
      flushMs: count(3_600_000).default(5_000),
      onError: aFunction<(error: ForgeError) => void>().default(
        () => (error: ForgeError) => console.error(error),
      ),
    })
    .optional(),
  telemetry: z
    .union([
      z.boolean(),
      z.strictObject({
        tracerProvider: anObjectWith<NonNullable<TelemetryOptions["tracerProvider"]>>("getTracer").optional(),
        meterProvider: anObjectWith<NonNullable<TelemetryOptions["meterProvider"]>>("getMeter").optional(),
      }),
    ])
    .default(true),
  sessionKey: z
    .custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.length >= 32,
      "must be at least 32 bytes",
    )
    .optional(),
  onCallFault: aFunction<(fault: CallFault) => void>().optional(),
  warn: aFunction<(line: string) => void>().optional(),
});

/** Turns options into ones with nothing left open, or throws `invalid_options` naming the field. */
export function parseForgeOptions(options: unknown = {}): ResolvedForgeOptions {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    throw new ForgeError("invalid_options", describe(parsed.error.issues[0]), { cause: parsed.error });
  }
  const { policy, limits, tools, telemetry, sessionKey, ...others } = parsed.data;
  return Object.freeze({
    ...others,
    policy: parsePolicy(policy),
    limits: parseLimits(limits),
    tools: parseTools(tools),
    telemetry: telemetryOf(telemetry),
    sessionKey: sessionKey && new Uint8Array(sessionKey),
  }) as ResolvedForgeOptions;
}

function telemetryOf(telemetry: boolean | object): TelemetryOptions | undefined {
  if (telemetry === false) return undefined;
  return telemetry === true ? {} : (telemetry as TelemetryOptions);
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  const field = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    const known = field === "" ? `; there are: ${Object.keys(optionsSchema.shape).join(", ")}` : "";
    return `createForge: ${field === "" ? "the options have" : `${field} has`} no field ${issue.keys.join(", ")}${known}`;
  }
  return `createForge: ${field === "" ? "the options" : field}: ${issue?.message}`;
}
