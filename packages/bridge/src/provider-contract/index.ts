export { describeProvider } from "./describe-provider.js";
export type { OpenedProvider, ProviderUnderTest, Situation } from "./subject.js";
export type { TestTools } from "./test-tools.js";
