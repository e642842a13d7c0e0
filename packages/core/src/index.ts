export type { Job, JobEnd, JobResult, JobStopReason, JobUsage } from "./pool/job.js";
