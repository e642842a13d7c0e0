import type { DeltaFrame } from "../delta/delta.js";
import { wasmPageBytes } from "../image/memory-image.js";
import type { ForgedArtifact } from "./artifact.js";
import { maxPages } from "./compile.js";

/** What a delta must fit to be one of an instance of this artifact. */
export function deltaFrame({ imageHash, limits, pages, stackPointer, tables }: ForgedArtifact): DeltaFrame {
  return {
    imageHash,
    memoryBytes: pages * wasmPageBytes,
    maxMemoryBytes: maxPages(limits) * wasmPageBytes,
    stackPointer,
    tables,
  };
}
