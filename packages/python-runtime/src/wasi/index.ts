export { type Carried, nothingCarried } from "./carried.js";
export { createWasi, type Wasi } from "./create-wasi.js";
export { STANDARD_DESCRIPTORS } from "./descriptors/descriptor-table.js";
export { ExitSignal } from "./exit-signal.js";
export type { RunGrants } from "./grants.js";
export type { WasiPowers } from "./powers.js";
export { cappedPrint } from "./print.js";
export { readOnlyTree } from "./tree/read-only-tree.js";
export { writableTree } from "./tree/writable-tree.js";
