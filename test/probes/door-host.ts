/**
 * Answers what comes through the door during one probe's run: a few fixed rules and the fake model server.
 * It stands in for the library's own gate, policy and provider, and goes when they exist.
 */
import {
  type Call,
  encodeReply,
  ProtocolError,
  parseCall,
  protocolErrorReply,
  type Reply,
} from "@wasmforge/bridge";
import type { Piece } from "./judge.js";
import type { DoorReply } from "./seat.js";

const ALLOWED_MODELS = ["llama3.2:latest", "mistral:latest"];
const MAX_PROMPT_CHARS = 4_000;
/** Calls that cost a model nothing are metered too. */
const MAX_CALLS = 100;

export interface DoorHost {
  serve(op: string, payload: Uint8Array, signal: AbortSignal): Promise<DoorReply>;
}

export function createDoorHost(options: {
  readonly modelUrl: string;
  readonly maxAiCalls: number;
  readonly maxOutputBytes: number;
  readonly onPiece: (piece: Piece) => void;
  readonly onModelReply: (text: string) => void;
}): DoorHost {
  let calls = 0;
  let aiCalls = 0;
  let outputBytes = 0;

  async function answer(call: Exclude<Call, { op: "send_output" }>, signal: AbortSignal): Promise<Reply> {
    calls += 1;
    if (calls > MAX_CALLS) return refusal("budget", `a run may make ${MAX_CALLS} calls`);
    if (call.op === "list_models") return { ok: ALLOWED_MODELS };
    if (call.op !== "call_ai") return refusal("denied", "this call is not offered here");
    aiCalls += 1;
    if (aiCalls > options.maxAiCalls)
      return refusal("budget", `a run may call models ${options.maxAiCalls} times`);
    const model = call.model.includes(":") ? call.model : `${call.model}:latest`;
    if (!ALLOWED_MODELS.includes(model)) return refusal("denied", "this model is not allowed");
    if (call.prompt.length > MAX_PROMPT_CHARS)
      return refusal("denied", `a prompt may have ${MAX_PROMPT_CHARS} characters`);
    const response = await fetch(options.modelUrl, {
      method: "POST",
      body: JSON.stringify({ model, prompt: call.prompt }),
      signal,
    });
    if (!response.ok) return refusal("provider", `the model server answered ${response.status}`);
    const { response: text } = (await response.json()) as { response: string };
    options.onModelReply(text);
    return { ok: text };
  }

  return {
    async serve(op, payload, signal) {
      try {
        const call = parseCall(op, payload);
        if (call.op !== "send_output") return { bytes: encodeReply(await answer(call, signal)) };
        outputBytes += payload.byteLength;
        if (outputBytes > options.maxOutputBytes) return { stop: "output" };
        options.onPiece({ kind: "sent", text: call.text });
        return { bytes: encodeReply({ ok: null }) };
      } catch (error) {
        if (error instanceof ProtocolError) return { bytes: encodeReply(protocolErrorReply(error)) };
        if (signal.aborted) return { stop: "aborted" };
        return { bytes: encodeReply(refusal("provider", "the model server cannot be reached")) };
      }
    },
  };
}

function refusal(code: string, message: string): Reply {
  return { error: { code, message } };
}
