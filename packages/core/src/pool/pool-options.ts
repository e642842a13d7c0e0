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
  /** Seats more than that, ready to stand in for one that was ended or is being reset. @default 1 */
  readonly spares?: number;
  /** The most memory that a guest can have. @default 128 */
  readonly memoryMb?: number;
  /** How many runs may wait. @default 1000 */
  readonly queueLength?: number;
  /** How long a run may wait. @default 30_000 */
  readonly queueMs?: number;
  /** After so many runs a seat is replaced; 0: never. @default 10_000 */
  readonly maxRunsPerSeat?: number;
  /** So old, a seat is replaced after its run; 0: never. @default 3_600_000 */
  readonly maxSeatAgeMs?: number;
  /** How long a seat exercises before its first run; of threads only the first, as they share compiled code. @default 250 */
  readonly warmUpMs?: number;
  /** What becomes of seats, for telemetry. It must not throw. */
  readonly onSeatEvent?: (event: SeatEvent) => void;
}
