export { describeRuntime, type RuntimeUnderTest } from "./describe-runtime.js";
export type { TestTools } from "./test-tools.js";
