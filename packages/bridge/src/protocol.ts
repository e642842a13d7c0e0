/**
 * What crosses the door: calls from a guest, and replies to them.
 *
 * A call is its name (`op`) and a payload: UTF-8 JSON, or bare text where the text is all there is to say.
 * A reply is `{"ok": value}` or `{"error": {"code", "message"}}`. Adding a call means adding it to `protocol-schema.ts`,
 * and to `platform_sdk.py`, the other end of this file.
 *
 * | op | payload | `ok` |
 * |---|---|---|
 * | `call_ai` | model, prompt, … (`protocol-schema.ts`) | the answer, a text |
 * | `embed` | model, texts | one list of numbers for each text |
 * | `call_tool` | name, arguments | what the tool gave, any JSON |
 * | `list_models` | {} | names, as the run may call them |
 * | `list_tools` | {} | [{"name", "description", "input_schema"}] of the tools that the run may call |
 * | `send_output` | bare text | null |
 * | `send_json` | value, text (what people see of it) | null |
 * | `progress` | fraction, message | null |
 * | `log` | level, message | null |
 * | `begin` | call: {"op", …its fields}, stream | a ticket, a whole number from 1 |
 * | `next` | tickets, timeout_ms | news, see below |
 * | `cancel` | ticket | null, also when the ticket is at its end already |
 *
 * `begin` is answered at once. If policy denies the call, `begin` itself is answered with the error and there is no
 * ticket. A run may have 1,000 tickets that are not at their end, then `begin` is refused with `too_many_tickets`.
 *
 * `next` waits until there is news of one of its tickets, and answers with the news of all of them that have any, each
 * ticket once: `[{"ticket": 3, "text": "…"}, {"ticket": 4, "done": true, "ok": …}]`; an empty list when `timeout_ms` is
 * over (0 asks without waiting).
 *   - `text` comes only with `stream: true`: what the model said since the last news, joined, never empty.
 *   - `done` comes once, and the ticket is at its end: with `ok` (as the call itself would have been answered; for a
 *     streamed call null, its text has been told), or with `error` ({"code", "message"}). It may come together with the last
 *     `text`. An error may come after some `text`.
 * A `next` that names a ticket that is at its end, was cancelled or never was is refused with `unknown_ticket`. News that
 * do not fit into one reply come with the following `next`. A stream that is not read waits, and with it its place among
 * the calls that run in parallel.
 *
 * What `progress` and `log` answer is not worth failing for: the SDK may ignore their errors.
 */
import type { z } from "zod";
import { limitTable } from "./limits/limits.js";
import { parseGuestObject } from "./protocol-json.js";
import { callSchema, replySchema } from "./protocol-schema.js";
import { fromTextBytes, toTextBytes } from "./protocol-text.js";

/** Changes when a guest's SDK of before would no longer be understood. */
export const protocolVersion = 1;

export type Call = z.infer<typeof callSchema>;
export type CallOp = Call["op"];
export type CallOf<Op extends string> = Extract<Call, { readonly op: Op }>;
/** Calls that reach a model or a tool. */
export type MeteredCall = Extract<Call, { readonly op: "call_ai" | "embed" | "call_tool" }>;

const callOps: ReadonlySet<string> = new Set(callSchema.options.map((option) => option.shape.op.value));
const bareTextOps: ReadonlySet<string> = new Set<CallOp>(["send_output"]);

export type Reply = z.infer<typeof replySchema>;

export type ProtocolErrorCode =
  /** The payload is not what this call takes. */
  | "bad_request"
  /** The payload is larger than one call may carry. */
  | "too_large"
  /** There is no call of this name. */
  | "unknown_call";

/** A call that cannot be understood. Its message quotes nothing the guest chose. */
export class ProtocolError extends Error {
  constructor(
    readonly code: ProtocolErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "ProtocolError";
  }
}

export function isCallOp(op: string): op is CallOp {
  return callOps.has(op);
}

/** Understands a guest's call, or throws a `ProtocolError`. Size is judged first, then form. */
export function parseCall<Op extends string>(
  op: Op,
  payload: Uint8Array,
  { maxPayloadBytes = limitTable.callBytes.default }: { readonly maxPayloadBytes?: number } = {},
): CallOf<Op> {
  if (!isCallOp(op)) {
    throw new ProtocolError("unknown_call", `there is no such call; known are: ${[...callOps].join(", ")}`);
  }
  if (payload.byteLength > maxPayloadBytes) {
    throw new ProtocolError("too_large", `${op}: one call may carry ${maxPayloadBytes} bytes`);
  }
  const fields = bareTextOps.has(op) ? { text: fromTextBytes(payload) } : parseFields(op, payload);
  const parsed = callSchema.safeParse({ ...fields, op });
  if (!parsed.success) {
    throw new ProtocolError("bad_request", `${op}: ${describeIssue(parsed.error.issues[0])}`);
  }
  return parsed.data as CallOf<Op>;
}

/** What a guest would have sent: for hosts that speak for one, and for tests. */
export function encodeCall(call: Call): { readonly op: CallOp; readonly payload: Uint8Array } {
  if (call.op === "send_output") {
    return { op: call.op, payload: toTextBytes(call.text) };
  }
  const { op, ...fields } = call;
  return { op, payload: toTextBytes(JSON.stringify(fields)) };
}

export function encodeReply(reply: Reply): Uint8Array {
  // JSON.stringify writes a lone surrogate as \uXXXX, so that these bytes are plain UTF-8.
  return toTextBytes(JSON.stringify(reply));
}

export function parseReply(bytes: Uint8Array): Reply {
  return replySchema.parse(JSON.parse(fromTextBytes(bytes)));
}

/** The reply that tells a guest what was wrong with its call. */
export function protocolErrorReply(error: ProtocolError): Reply {
  return { error: { code: error.code, message: error.message } };
}

/** Data that a plugin sends may be a table; everything else a call carries is short. */
const mostValuesOfData = 200_000;

function parseFields(op: string, payload: Uint8Array): object {
  const fields = parseGuestObject(payload, op === "send_json" ? { maxValues: mostValuesOfData } : {});
  if (fields === undefined || Object.hasOwn(fields, "op")) {
    throw new ProtocolError(
      "bad_request",
      `${op}: the payload is not a JSON object of this call, has too many values, or is nested too deeply`,
    );
  }
  return fields;
}

/** Of the path only what the schema knows: field names and places in lists. */
function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  const field = issue?.path.join(".");
  switch (issue?.code) {
    case "invalid_type":
      return `${field} is missing or not a ${issue.expected}`;
    case "too_small":
      return `${field} is empty or too small`;
    case "too_big":
      return `${field} is too long or too large`;
    case "unrecognized_keys":
      return "it has a field that this call does not know";
    case "custom":
      return `${field} is missing, or not what it must be (base64, or JSON without __proto__ and with finite numbers)`;
    default:
      return "the payload is malformed";
  }
}
