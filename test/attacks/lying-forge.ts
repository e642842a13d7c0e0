/** A Forge whose seats lie, and are otherwise real. */
import { join } from "node:path";
import type { ForgeOptions } from "@wasmforge/core";
import { parseForgeOptions } from "../../packages/core/src/forge/forge-options.js";
import { HostedForge } from "../../packages/core/src/forge/hosted-forge.js";
import { dyingWithHost } from "../../packages/core/src/platform/dying-with-host.js";
import { processSeats } from "../../packages/core/src/platform/process-line.js";
import { threadSeats } from "../../packages/core/src/platform/thread-line.js";
import { resolvePoolOptions } from "../../packages/core/src/pool/pool-options.js";
import type { SeatEvent } from "../../packages/core/src/pool/seat-event.js";
import { SeatPool } from "../../packages/core/src/pool/seat-pool.js";

export async function createLyingForge(
  folder: string,
  seat: "thread" | "process",
  options: ForgeOptions,
  onSeatEvent: (event: SeatEvent) => void,
): Promise<HostedForge> {
  const program = join(folder, `liar-${seat}.js`);
  const artifact = { runtime: "forged", imageHash: "0", limits: { memoryMb: 64 } } as const;
  const setup = { runtime: "forged", imageHash: "0", memoryMb: 64, warmUpMs: 0, endsWithHost: true } as const;
  const open =
    seat === "thread"
      ? threadSeats({ program, artifact, warmUpMs: 0 })
      : processSeats({ program, readable: [], launcher: await dyingWithHost(), setup });
  const pool = await SeatPool.open(
    { name: "forged", imageHash: "0" },
    { ...resolvePoolOptions({ seats: options.seats ?? 1, spares: 0, memoryMb: 64 }, 1), onSeatEvent },
    open,
  );
  return new HostedForge(parseForgeOptions(options), pool, undefined);
}
