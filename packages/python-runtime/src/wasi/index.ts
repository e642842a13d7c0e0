export { createWasi, type Wasi, type WasiOptions } from "./create-wasi.js";
export { ExitSignal } from "./exit-signal.js";
export type { RunGrants } from "./grants.js";
export type { WasiPowers } from "./powers.js";
export { cappedPrint, type Print } from "./print.js";
export type { Directory } from "./tree/directory.js";
export type { FileMap } from "./tree/host-paths.js";
export { readOnlyTree } from "./tree/read-only-tree.js";
export { type WritableTreeOptions, writableTree } from "./tree/writable-tree.js";
