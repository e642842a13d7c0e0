export { AnswerParts, guessTokens } from "./answer-parts.js";
export { type CallScope, openCallScope, toAbortError, untilAborted } from "./call-scope.js";
export { type Clock, systemClock } from "./clock.js";
export {
  createDispatcher,
  type Dispatcher,
  type DispatcherOptions,
  type DispatcherStatus,
  type Task,
  type Turn,
} from "./dispatch/dispatcher.js";
export type { Host, HostStatus } from "./dispatch/host.js";
export {
  type DispatchOptions,
  dispatchShape,
  parseDispatchOptions,
  parseOptions,
} from "./dispatch/options.js";
export { type Fields, isFields, isVectorList, toCount, toFields, toList, toShortText } from "./fields.js";
export { createFreshValue, type FreshValue, type FreshValueOptions } from "./fresh-value.js";
export { type JsonLimits, readJsonObject, toResponseError } from "./http/body.js";
export { drain } from "./http/drain.js";
export { type Endpoint, parseEndpoint, toBase64 } from "./http/endpoint.js";
export {
  HttpFailure,
  isHostDown,
  malformed,
  toLogText,
  tooLarge,
  toStatusError,
  unreachable,
} from "./http/failure.js";
export { fetchTransport } from "./http/fetch-transport.js";
export { type LineLimits, readLines } from "./http/lines.js";
export type { HttpRequest, HttpResponse, HttpTransport } from "./http/transport.js";
export { toImageType } from "./image-type.js";
export { guessCapabilities, toModelKind } from "./model-kind.js";
export { type NodeTransportOptions, nodeTransport } from "./platform/node-transport.js";
export { type StallWatch, watchForStall } from "./stall-watch.js";
export { type SplitText, ThinkTags } from "./think-tags.js";
