import { encodeCall, ProtocolError, parseCall, parseReply } from "../../../packages/bridge/src/protocol.js";
import { fromTextBytes, toTextBytes } from "../../../packages/bridge/src/protocol-text.js";
import { calls, jsonWords, ops } from "../../../packages/bridge/src/test/guest-messages.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

/** What the fields of calls are made of. */
const messageWords: readonly (string | Uint8Array)[] = [
  ...jsonWords,
  ...[
    "op",
    "model",
    "prompt",
    "system",
    "images",
    "format",
    "temperature",
    "max_tokens",
    "texts",
    "name",
  ].map((field) => `"${field}":`),
  ...["arguments", "value", "text", "fraction", "message", "level", "call", "stream", "tickets"].map(
    (field) => `"${field}":`,
  ),
  '"timeout_ms":',
  '"ticket":',
  '"call_ai"',
  '"debug"',
  '"json"',
  '"AAA="',
];

const limits = { maxPayloadBytes: 100_000 };

/** The first byte names the call. */
export const codecTarget = bytesTarget({
  name: "codec",
  about:
    "A guest's call is understood, and then means the same when it is said again, or is refused by a code.",
  reaches: /\/packages\/bridge\/src\//,
  words: messageWords,
  seeds: () =>
    calls.map(({ op, payload }) => {
      const seed = new Uint8Array(payload.length + 1);
      seed[0] = ops.indexOf(op);
      seed.set(payload, 1);
      return seed;
    }),
  open: async () => ({
    check(input) {
      const payload = input.subarray(1);
      checkText(payload);
      checkCall(ops[(input[0] ?? 0) % ops.length] ?? "", payload);
      checkReply(payload);
      assert(Object.keys(Object.prototype).length === 0, "every object has a new field");
    },
    close() {},
  }),
});

function checkText(bytes: Uint8Array): void {
  const text = fromTextBytes(bytes);
  assert(text.length <= bytes.length, "a text has more units than it had bytes");
  assert(fromTextBytes(toTextBytes(text)) === text, "a text is another one when it was written and read");
}

function checkCall(op: string, payload: Uint8Array): void {
  try {
    const call = parseCall(op, payload, limits);
    assert(call.op === op, "a call has become another");
    const again = encodeCall(call);
    const room = { maxPayloadBytes: Number.MAX_SAFE_INTEGER };
    const said = JSON.stringify(parseCall(again.op, again.payload, room));
    assert(said === JSON.stringify(call), "a call means another thing when it is said again");
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    assert(error.message.length < 400, "a refusal is as long as its guest likes");
  }
}

/** What the other end reads. It may be refused in any way. */
function checkReply(payload: Uint8Array): void {
  let reply: unknown;
  try {
    reply = parseReply(payload);
  } catch {
    return;
  }
  assert(
    typeof reply === "object" && reply !== null && Object.keys(reply).length === 1,
    "a reply is two things",
  );
}
