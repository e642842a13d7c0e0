export { type BakedImage, type BakeOptions, bakeImage } from "./bake/bake-image.js";
export { DeltaError, type DeltaErrorCode } from "./delta/delta-error.js";
export type { OpenDeltaOptions, SealDeltaOptions } from "./delta/sealed-delta.js";
export type { ForgedRuntime } from "./forged/forged-runtime.js";
export { ImageError } from "./image/image-error.js";
export type { ImageFolder } from "./image/load.js";
export type { ImageFile, Manifest } from "./image/manifest.js";
export { node } from "./platform/node.js";
export type { Platform } from "./platform/platform.js";
export {
  type ChooseRuntimeOptions,
  chooseRuntime,
  type ForgedOptions,
  forgedRuntime,
  stockRuntime,
} from "./platform/runtimes.js";
export { openDelta, sealDelta } from "./platform/sealing.js";
export { tuneEngine } from "./platform/tune-engine.js";
export type {
  Artifact,
  Checkpoint,
  CheckpointOptions,
  InputFile,
  Instance,
  InstanceHost,
  InstanceLimits,
  InstanceUsage,
  PluginError,
  RunEnd,
  RunRequest,
  Runtime,
  StopReason,
} from "./port.js";
export { StopRun } from "./port.js";
export { stockFolders } from "./stock/stock-folders.js";
export type { StockOptions, StockRuntime } from "./stock/stock-runtime.js";
export { warmUp } from "./warm-up.js";
export type { WasiPowers } from "./wasi/index.js";
