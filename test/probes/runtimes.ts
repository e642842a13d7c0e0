/**
 * The runtimes as they are built, because the threads of seats cannot load TypeScript: both sides of a seat
 * must use the same code.
 */
import type * as library from "@wasmforge/python-runtime";

export const RUNTIMES = ["forged", "stock"] as const;
export type RuntimeName = (typeof RUNTIMES)[number];

const BUILT = new URL("../../packages/python-runtime/dist/index.js", import.meta.url).href;

/** Rejects, saying what is missing, where this runtime cannot be used. */
export async function loadRuntime(name: RuntimeName): Promise<library.Runtime> {
  const { forgedRuntime, stockRuntime } = (await import(BUILT)) as typeof library;
  const runtime = name === "forged" ? forgedRuntime() : stockRuntime();
  // Compiling is what finds out whether its image is there.
  await runtime.compile({ memoryMb: 64 });
  return runtime;
}
