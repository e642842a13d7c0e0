export {
  type Answer,
  defaultAnswer,
  type FakeModel,
  type Question,
  toTokens,
} from "./fake-model.js";
export type { Fault, FaultScope } from "./faults.js";
export type { Received } from "./platform/exchange.js";
export { createModelServer, type ModelServer, type ModelServerOptions } from "./platform/model-server.js";
