import type { Carried } from "./carried.js";
import type { FixedTime } from "./clock/fixed-clock.js";
import type { Print } from "./print.js";
import type { Directory } from "./tree/directory.js";
import type { FileMap } from "./tree/host-paths.js";

/** What one run may use. What is left out is denied. */
export interface RunGrants {
  /** Receives standard output and error. May throw `StopRun`. */
  readonly print: Print;
  /** `live` is real time. A fixed clock makes a run repeatable: it starts at `nowMs` and moves with its use. */
  readonly clock: "live" | FixedTime;
  /** `live` is the platform's cryptographic source. A seed makes a run repeatable, and its secrets guessable. */
  readonly random: "live" | { readonly seed: number | bigint };
  /** Read-only files by path, or a tree made with `readOnlyTree` or `writableTree`. Otherwise `/` is empty. */
  readonly files?: FileMap | Directory;
  /** Milliseconds on the powers' monotonic clock at which sleeping and waiting end with `StopRun("timeout")`. */
  readonly deadline?: number;
  /** Where another run of the same guest left off. @default the state of a guest that has not run yet */
  readonly carried?: Carried;
  /** The command line of a guest that is a command, its own name first. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
