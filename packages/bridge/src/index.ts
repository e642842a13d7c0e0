export type { BlockingDoor, Door } from "./door.js";
export type { Call, CallOp, ProtocolErrorCode, Reply } from "./protocol.js";
export {
  defaultMaxPayloadBytes,
  encodeCall,
  encodeReply,
  ProtocolError,
  parseCall,
  parseReply,
  protocolErrorReply,
} from "./protocol.js";
export { parseGuestObject } from "./protocol-json.js";
export { fromTextBytes, toTextBytes } from "./protocol-text.js";
