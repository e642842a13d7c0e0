/** The Forges that probes run in, and what is the same in all of them. */
import { setTimeout as delay } from "node:timers/promises";
import type * as core from "@wasmforge/core";
import { MODELS } from "./model-provider.js";

/** The Forge's own, of the sources or as it was built: both sides of a seat must be the same code. */
export type CreateForge = typeof core.createForge;

export const RUNTIMES = ["forged", "stock"] as const;
export const SEATS = ["thread", "process"] as const;

export interface Configuration {
  readonly runtime: (typeof RUNTIMES)[number];
  readonly seat: (typeof SEATS)[number];
}

/** Those that every probe has to hold in. */
export const CONFIGURATIONS: readonly Configuration[] = [
  { runtime: "forged", seat: "thread" },
  { runtime: "forged", seat: "process" },
  { runtime: "stock", seat: "thread" },
];

const MAX_PROMPT_CHARS = 4_000;
/** What a Forge allows at most; each run has less. */
const MOST_MS = 3_600_000;
const MOST_BYTES = 64 * 2 ** 20;
const MOST_CALLS = 1_000;
/** Far more than starting a seat takes on a machine that is busy. */
const MOST_START_MS = 60_000;

/** One Forge for each size of memory, kept for the whole folder so that what leaks from run to run shows. */
export class Forges implements AsyncDisposable {
  readonly #createForge: CreateForge;
  readonly #configuration: Configuration;
  readonly #provider: core.Provider;
  readonly #bySize = new Map<number, core.Forge>();

  constructor(createForge: CreateForge, configuration: Configuration, provider: core.Provider) {
    this.#createForge = createForge;
    this.#configuration = configuration;
    this.#provider = provider;
  }

  async for(memoryMb: number): Promise<core.Forge> {
    const known = this.#bySize.get(memoryMb);
    if (known !== undefined) return known;
    const forge = await this.#createForge({
      ...this.#configuration,
      // One place to run in: whatever a run leaves there is met by the next.
      seats: 1,
      pool: { spares: 0, warmUpMs: 0 },
      providers: [this.#provider],
      policy: { models: MODELS, maxPromptChars: MAX_PROMPT_CHARS, maxCalls: MOST_CALLS },
      limits: {
        memoryMb,
        wallTimeMs: MOST_MS,
        computeMs: MOST_MS,
        outputBytes: MOST_BYTES,
        printBytes: MOST_BYTES,
      },
    });
    this.#bySize.set(memoryMb, forge);
    return forge;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#bySize.values()].map((forge) => forge.close()));
  }
}

/** Resolves when the seat waits for a run: the last one's reset is done, or the seat that replaces it is there. */
export async function untilIdle(forge: core.Forge): Promise<void> {
  const until = performance.now() + MOST_START_MS;
  for (;;) {
    const { ready, starting, running, settling, ending } = forge.stats();
    if (ready === 1 && starting + running + settling + ending === 0) return;
    if (performance.now() > until)
      throw new Error(`no seat that is ready again: ${JSON.stringify(forge.stats())}`);
    await delay(5);
  }
}
