export type { AuditEntry } from "../schema.js";
export {
  findRun,
  type RunPosition,
  type RunSearch,
  type RunSummary,
  searchRuns,
  type Viewer,
} from "./find-runs.js";
export type { RunRecord } from "./run-record.js";
export { deleteRunsBefore, storeRuns } from "./store-runs.js";
export {
  type Activity,
  type PluginStatistics,
  summarizeActivity,
  summarizePlugin,
} from "./summarize-runs.js";
