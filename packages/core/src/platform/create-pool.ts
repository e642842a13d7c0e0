import { availableParallelism } from "node:os";
import { ForgeError } from "@wasmforge/bridge";
import {
  type Artifact,
  chooseRuntime,
  forgedRuntime,
  type Runtime,
  stockRuntime,
} from "@wasmforge/python-runtime";
import type { Pool } from "../pool/pool.js";
import { type PoolOptions, type ResolvedPoolOptions, resolvePoolOptions } from "../pool/pool-options.js";
import { SeatPool } from "../pool/seat-pool.js";
import type { OpenSeatLine } from "../seat/seat-line.js";
import { dyingWithHost } from "./dying-with-host.js";
import { processSeats } from "./process-line.js";
import { readableFolders } from "./readable-folders.js";
import { seatProgram } from "./seat-programs.js";
import { threadSeats } from "./thread-line.js";

/** Resolves when the first seat is ready. Rejects with a `ForgeError`, which says what is missing. */
export async function createPool(options: PoolOptions = {}): Promise<Pool> {
  const resolved = resolvePoolOptions(options, availableParallelism());
  const runtime = await runtimeFor(resolved);
  const artifact = await orSayWhy(runtime.compile({ memoryMb: resolved.memoryMb }));
  const open = await (resolved.seat === "thread" ? threads : processes)(resolved, artifact);
  return SeatPool.open({ name: runtime.name, imageHash: artifact.imageHash }, resolved, open);
}

async function threads({ warmUpMs }: ResolvedPoolOptions, artifact: Artifact): Promise<OpenSeatLine> {
  return threadSeats({ program: seatProgram("thread"), artifact, warmUpMs });
}

async function processes(options: ResolvedPoolOptions, artifact: Artifact): Promise<OpenSeatLine> {
  const { image, memoryMb, warmUpMs } = options;
  const { runtime, imageHash } = artifact;
  const launcher = await dyingWithHost();
  const endsWithHost = launcher.length > 0;
  const program = seatProgram("process");
  return processSeats({
    program,
    readable: readableFolders(program, image),
    launcher,
    setup: { runtime, imageHash, memoryMb, warmUpMs, endsWithHost, ...(image !== undefined && { image }) },
  });
}

async function runtimeFor({ runtime, image, warn }: ResolvedPoolOptions): Promise<Runtime> {
  if (runtime === "stock") return stockRuntime();
  const options = { ...(image !== undefined && { image }), ...(warn && { warn }) };
  return runtime === "forged" ? forgedRuntime(options) : orSayWhy(chooseRuntime(options));
}

async function orSayWhy<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const isMisuse = cause instanceof RangeError || cause instanceof TypeError;
    throw new ForgeError(isMisuse ? "invalid_options" : "runtime_unavailable", message, { cause });
  }
}
