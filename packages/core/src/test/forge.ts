/** A Forge for the tests of one file or block: real seats, real guests. */
import type { GeneratePart, GenerateRequest, Provider } from "@wasmforge/bridge";
import { afterAll, beforeAll, expect } from "vitest";
import { createForge } from "../forge/create-forge.js";
import type { Forge } from "../forge/forge.js";
import type { ForgeOptions } from "../forge/forge-options.js";
import type { Outcome } from "../run/outcome.js";
import type { ToolInputs } from "../tools/host-tool.js";

/** Seats that exercise first would be faster later: no test is long enough for that. */
export const quickPool = { warmUpMs: 0 };

export function useForge<Inputs extends ToolInputs>(options: ForgeOptions<Inputs> = {}): () => Forge {
  let forge: Forge | undefined;
  beforeAll(async () => {
    forge = await createForge({ ...options, pool: { ...quickPool, ...options.pool } });
  });
  afterAll(() => forge?.close());
  return () => forge ?? expect.fail("there is no Forge yet");
}

export function plugin(source: string, name = "plugin") {
  return { name, source: `from platform_sdk import *\nimport platform_sdk as sdk\n${source}` };
}

/** The outcome's output; with what went wrong instead, where something did. */
export function outputOf(outcome: Outcome): string {
  if (outcome.status === "completed") return outcome.output;
  return expect.fail(outcome.status === "failed" ? outcome.error.traceback : outcome.message);
}

export interface Deferred<T = void> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

export function deferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

type Generate = (request: GenerateRequest, signal: AbortSignal) => AsyncIterable<GeneratePart>;

/** A provider whose answers are the test's. */
export function providerOf(generate: Generate): Provider {
  return {
    version: 1,
    name: "test",
    generate: (request, { signal }) => generate(request, signal),
    models: async () => [],
    health: async () => ({ status: "connected", message: "" }),
  };
}

export const done: GeneratePart = {
  type: "done",
  reason: "stop",
  usage: { promptTokens: 3, completionTokens: 5 },
};

/** Never settles by itself, and rejects when the signal says so. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
