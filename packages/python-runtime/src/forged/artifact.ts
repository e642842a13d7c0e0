import type { Range } from "../image/memory-image.js";
import type { Artifact, InstanceLimits } from "../port.js";
import type { SharedLibrary } from "./shared-library.js";

/** An image made ready: compiled once in a process, shared by all threads. */
export interface ForgedArtifact extends Artifact {
  readonly runtime: "forged";
  readonly limits: InstanceLimits;
  readonly module: WebAssembly.Module;
  /** See image/restorer.ts. */
  readonly restorer: WebAssembly.Module;
  readonly library: SharedLibrary;
  /** Where the tables of native/cold.c lie; their contents are in the library. */
  readonly tables: readonly Range[];
  readonly pages: number;
  readonly stackPointer: number;
}
