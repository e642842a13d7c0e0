import { encodeReply } from "../protocol.js";
import { toTextBytes } from "../protocol-text.js";
import { CallError } from "./call-error.js";

/** A reply of JSON that is written already. */
export function okReply(json: string, maxBytes: number): Uint8Array {
  const reply = toTextBytes(`{"ok":${json}}`);
  if (reply.length > maxBytes) {
    throw new CallError("reply_too_large", "the answer is larger than a reply may be");
  }
  return reply;
}

const nothing = encodeReply({ ok: null });

/** A copy: a transport may give its bytes away. */
export function emptyReply(): Uint8Array {
  return nothing.slice();
}

export function errorReply(code: string, message: string): Uint8Array {
  return encodeReply({ error: { code, message } });
}
