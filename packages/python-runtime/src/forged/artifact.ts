import type { Range } from "../image/memory-image.js";
import type { Artifact, InstanceLimits } from "../port.js";

/** An image made ready: compiled once in a process, its bytes shared by all threads. */
export interface ForgedArtifact extends Artifact {
  readonly runtime: "forged";
  readonly limits: InstanceLimits;
  readonly module: WebAssembly.Module;
  readonly snapshot: SharedArrayBuffer;
  readonly tables: SharedArrayBuffer;
  readonly library: SharedArrayBuffer;
  readonly pages: number;
  readonly stackPointer: number;
  readonly tableRanges: readonly Range[];
}
