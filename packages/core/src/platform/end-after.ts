/**
 * The end of a guest whose host cannot end it any more, because it has died itself: a guest that never comes back never
 * learns that nobody is there. The engine interrupts what runs within a `vm` script when its time is up; nothing else
 * that a process without threads can do reaches a loop in WebAssembly.
 */
import { Script } from "node:vm";
import type { RunEnd } from "@wasmforge/python-runtime";

/** A host that is alive has ended the run long before. */
const graceMs = 1000;

const key = Symbol.for("wasmforge.run");
const globals = globalThis as { [key]?: () => Promise<RunEnd> };
const script = new Script(`globalThis[Symbol.for("wasmforge.run")]()`);

export async function endAfter(run: () => Promise<RunEnd>, ms: number): Promise<RunEnd> {
  globals[key] = run;
  try {
    return await script.runInThisContext({ timeout: Math.min(Math.ceil(ms) + graceMs, 2 ** 31 - 1) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") process.exit(1);
    throw error;
  } finally {
    delete globals[key];
  }
}
