import type { GuestMemory } from "../guest-memory.js";
import type { RunContext } from "../run-context.js";

/** What the functions act on. `run` is another one for every run. */
export interface WasiHost {
  readonly memory: GuestMemory;
  run: RunContext;
}
