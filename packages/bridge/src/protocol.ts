/**
 * What crosses the door: calls from a guest, and replies to them.
 *
 * A call is its name (`op`) and a payload: UTF-8 JSON, or bare text where the text is all there is to say.
 * A reply is `{"ok": value}` or `{"error": {"code", "message"}}`. Adding a call means adding it to `callSchema`,
 * and to `platform_sdk.py`, the other end of this file.
 *
 * | op | payload | `ok` |
 * |---|---|---|
 * | `call_ai` | model, prompt, … (`askAi` below) | the answer, a text |
 * | `embed` | model, texts | one list of numbers for each text |
 * | `call_tool` | name, arguments | what the tool gave, any JSON |
 * | `list_models` | {} | names, as the run may call them |
 * | `list_tools` | {} | [{"name", "description", "input_schema"}] of the tools that the run may call |
 * | `send_output` | bare text | null |
 * | `send_json` | value | null |
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
import { z } from "zod";
import { parseGuestObject } from "./protocol-json.js";
import { fromTextBytes, toTextBytes } from "./protocol-text.js";

/** Changes when a guest's SDK of before would no longer be understood. */
export const protocolVersion = 1;

const jsonObject = z.record(z.string(), z.json());

const askAi = {
  model: z.string().min(1),
  // Nobody means an empty prompt, and some model servers take it as "load this model".
  prompt: z.string().min(1),
  system: z.string().optional(),
  /** Bytes as base64: a guest can never name a file of the host. */
  images: z.array(z.base64()).optional(),
  format: z.union([z.literal("json"), jsonObject]).optional(),
  temperature: z.number().min(0).max(10).optional(),
  max_tokens: z.int().min(1).optional(),
};
const callAi = z.strictObject({ op: z.literal("call_ai"), ...askAi });
const embed = z.strictObject({
  op: z.literal("embed"),
  model: z.string().min(1),
  texts: z.array(z.string()).min(1),
});
const callTool = z.strictObject({
  op: z.literal("call_tool"),
  name: z.string().min(1),
  arguments: jsonObject,
});
const ticket = z.int().min(1);

const callSchema = z.discriminatedUnion("op", [
  callAi,
  embed,
  callTool,
  z.strictObject({ op: z.literal("list_models") }),
  z.strictObject({ op: z.literal("list_tools") }),
  z.strictObject({ op: z.literal("send_output"), text: z.string() }),
  /** One output in two forms: a value for programs, and the text of it that people see. */
  z.strictObject({ op: z.literal("send_json"), value: z.json(), text: z.string().optional() }),
  z.strictObject({ op: z.literal("progress"), fraction: z.number().min(0).max(1), message: z.string() }),
  z.strictObject({
    op: z.literal("log"),
    level: z.enum(["debug", "info", "warning", "error"]),
    message: z.string(),
  }),
  // A call that is answered later: `begin` gives a ticket, `next` waits for news of any of the tickets it names.
  z.strictObject({
    op: z.literal("begin"),
    call: z.discriminatedUnion("op", [callAi, embed, callTool]),
    /** The text is wanted as it comes. Only `call_ai` has any. */
    stream: z.boolean().optional(),
  }),
  z.strictObject({
    op: z.literal("next"),
    tickets: z.array(ticket).min(1),
    /** Without it, for as long as it takes. */
    timeout_ms: z.number().min(0).optional(),
  }),
  z.strictObject({ op: z.literal("cancel"), ticket }),
]);

export type Call = z.infer<typeof callSchema>;
export type CallOp = Call["op"];
/** Calls that reach a model or a tool. */
export type MeteredCall = Extract<Call, { readonly op: "call_ai" | "embed" | "call_tool" }>;

const callOps: ReadonlySet<string> = new Set(callSchema.options.map((option) => option.shape.op.value));
const bareTextOps: ReadonlySet<string> = new Set<CallOp>(["send_output"]);

/** More than this in one payload is refused before it is looked at. */
export const defaultMaxPayloadBytes = 16 * 1024 * 1024;

const replySchema = z.union([
  z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) }),
  z.strictObject({ ok: z.json() }),
]);

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

/** Understands a guest's call, or throws a `ProtocolError`. Size is judged first, then form. */
export function parseCall(
  op: string,
  payload: Uint8Array,
  { maxPayloadBytes = defaultMaxPayloadBytes }: { readonly maxPayloadBytes?: number } = {},
): Call {
  if (!callOps.has(op)) {
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
  return parsed.data;
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

function parseFields(op: string, payload: Uint8Array): object {
  const fields = parseGuestObject(payload);
  if (fields === undefined || Object.hasOwn(fields, "op")) {
    throw new ProtocolError("bad_request", `${op}: the payload is not a JSON object of this call`);
  }
  return fields;
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case "invalid_type":
      return `${issue.path.join(".")} is missing or not a ${issue.expected}`;
    case "too_small":
      return `${issue.path.join(".")} is empty`;
    case "unrecognized_keys":
      return "it has a field that this call does not know";
    default:
      return "the payload is malformed";
  }
}
