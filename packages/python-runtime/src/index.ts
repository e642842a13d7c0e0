export type {
  Artifact,
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
