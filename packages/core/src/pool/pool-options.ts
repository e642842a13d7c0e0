import { defaultLimits, type LimitName, limitTable } from "@wasmforge/bridge";
import { invalidOptions } from "../options/invalid-options.js";
import type { SeatEvent } from "./seat-event.js";

/** How a pool is made. Everything has a finite default. */
export interface PoolOptions {
  /** `auto`: the forged one where its image is, else the stock one with a line that says so. @default "auto" */
  readonly runtime?: "forged" | "stock" | "auto";
  /** The folder of a forged image. @default the one that comes with the runtime */
  readonly image?: string;
  /** Hears the line of `auto`. @default `console.warn` */
  readonly warn?: (line: string) => void;
  /** A worker thread, or a process: slower to start and larger, and nothing that happens in it reaches the host. @default "thread" */
  readonly seat?: "thread" | "process";
  /** How many runs at the same time. @default the cores that this process may use */
  readonly seats?: number;
  /** How many runs of one tenant at the same time. @default `seats` */
  readonly seatsPerTenant?: number;
  /** How many seats there are beyond `seats`, ready to stand in for one that was ended or is being reset. @default 1 */
  readonly spares?: number;
  /** The most memory that a guest can have, in units of 1,048,576 bytes. @default 128 */
  readonly memoryMb?: number;
  /** How many runs may wait. @default 1_000 */
  readonly queueLength?: number;
  /** How long a run may wait. @default 30_000 */
  readonly queueMs?: number;
  /** After so many runs a seat is replaced; 0: never. @default 100_000 */
  readonly maxRunsPerSeat?: number;
  /** A seat that is older than this is replaced after its run; 0: never. @default 3_600_000, an hour */
  readonly maxSeatAgeMs?: number;
  /**
   * How long a seat runs Python of its own before it is ready, so that the engine has compiled the interpreter: every process
   * but the first, and one thread for all. @default 250
   */
  readonly warmUpMs?: number;
  /** What becomes of seats, for telemetry. It must not throw. */
  readonly onSeatEvent?: (event: SeatEvent) => void;
}

export type ResolvedPoolOptions = Readonly<Required<Omit<PoolOptions, "image" | "warn" | "onSeatEvent">>> &
  Pick<PoolOptions, "image" | "warn" | "onSeatEvent">;

/** Throws a `ForgeError` that names the option. `cores` is what `seats` is if nobody says. */
export function resolvePoolOptions(options: PoolOptions, cores: number): ResolvedPoolOptions {
  const { image, warn, onSeatEvent } = options;
  const seats = whole("seats", options.seats ?? cores, 1, 1024);
  return Object.freeze({
    runtime: oneOf("runtime", options.runtime ?? "auto", ["forged", "stock", "auto"]),
    seat: oneOf("seat", options.seat ?? "thread", ["thread", "process"]),
    seats,
    seatsPerTenant: whole("seatsPerTenant", options.seatsPerTenant ?? seats, 1, 1024),
    spares: whole("spares", options.spares ?? 1, 0, 1024),
    memoryMb: limit("memoryMb", options.memoryMb),
    queueLength: limit("queueLength", options.queueLength),
    queueMs: limit("queueMs", options.queueMs),
    maxRunsPerSeat: whole("maxRunsPerSeat", options.maxRunsPerSeat ?? 100_000, 0, 2 ** 31),
    maxSeatAgeMs: whole("maxSeatAgeMs", options.maxSeatAgeMs ?? 3_600_000, 0, 2 ** 31),
    warmUpMs: whole("warmUpMs", options.warmUpMs ?? 250, 0, 60_000),
    ...(image !== undefined && { image }),
    ...(warn && { warn }),
    ...(onSeatEvent && { onSeatEvent }),
  });
}

function limit(name: LimitName & keyof PoolOptions, value: number = defaultLimits[name]): number {
  const { min, max } = limitTable[name];
  return whole(name, value, min, max);
}

function whole(name: keyof PoolOptions, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalidOptions(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}

function oneOf<T extends string>(name: keyof PoolOptions, value: T, known: readonly T[]): T {
  if (known.includes(value)) return value;
  throw invalidOptions(`${name} must be one of ${known.join(", ")}, not ${String(value)}`);
}
