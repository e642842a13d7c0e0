export { describeRuntime, type RuntimeUnderTest } from "./describe-runtime.js";
export { type BegunCall, type News, refusal, type Script, ScriptedHost } from "./scripted-host.js";
export type { TestTools } from "./test-tools.js";
