import { describe, expect, it } from "vitest";
import {
  type Call,
  encodeCall,
  encodeReply,
  ProtocolError,
  parseCall,
  parseReply,
  protocolErrorReply,
} from "./protocol.js";

const bytes = (text: string) => new TextEncoder().encode(text);

function refusal(op: string, payload: Uint8Array, options?: { maxPayloadBytes: number }) {
  try {
    return parseCall(op, payload, options);
  } catch (error) {
    if (error instanceof ProtocolError) {
      return { code: error.code, message: error.message };
    }
    throw error;
  }
}

const calls: Call[] = [
  { op: "call_ai", model: "llama3.2:latest", prompt: 'a "quoted"\nprompt 😀 \ud800' },
  { op: "list_models" },
  { op: "send_output", text: "" },
  { op: "send_output", text: "a\u0000\ud800b" },
];

describe("a call", () => {
  it.each(calls)("is understood as it was meant: %j", (call) => {
    const { op, payload } = encodeCall(call);
    expect(parseCall(op, payload)).toEqual(call);
  });

  it("keeps a lone surrogate that Python escaped", () => {
    const payload = bytes('{"model":"m","prompt":"\\ud800"}');
    expect(parseCall("call_ai", payload)).toEqual({ op: "call_ai", model: "m", prompt: "\ud800" });
  });

  it("of an unknown name is refused without repeating the name", () => {
    const refused = refusal("\u001b[2Jformat_disk", bytes("{}"));
    expect(refused).toMatchObject({ code: "unknown_call" });
    expect(JSON.stringify(refused)).not.toContain("format_disk");
  });

  it.each(["__proto__", "constructor", "toString"])("named %s is unknown", (op) => {
    expect(refusal(op, bytes("{}"))).toMatchObject({ code: "unknown_call" });
  });

  it("is weighed before it is read", () => {
    const notJson = new Uint8Array(11);
    expect(refusal("call_ai", notJson, { maxPayloadBytes: 10 })).toMatchObject({ code: "too_large" });
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a number for a prompt", '{"model":"m","prompt":12345}'],
    ["null for a model", '{"model":null,"prompt":"x"}'],
    ["a missing prompt", '{"model":"m"}'],
    ["an empty prompt", '{"model":"m","prompt":""}'],
    ["a field it does not know", '{"model":"m","prompt":"x","cost":0}'],
    ["another call's name inside", '{"op":"list_models","model":"m","prompt":"x"}'],
    ["a prototype", '{"model":"m","prompt":"x","__proto__":{"a":1}}'],
    ["bytes that are no text", "\u0000"],
  ])("with %s as its payload is a bad request", (_, payload) => {
    expect(refusal("call_ai", bytes(payload))).toMatchObject({ code: "bad_request" });
  });

  it("says which field is wrong", () => {
    expect(refusal("call_ai", bytes('{"model":"m","prompt":5}'))).toMatchObject({
      message: "call_ai: prompt is missing or not a string",
    });
  });

  it.each(["[", "[],", '{"a":', "{},"])("made of a million %j costs the host nothing", (piece) => {
    const payload = bytes(piece.repeat(1_000_000));
    expect(refusal("call_ai", payload)).toMatchObject({ code: "bad_request" });
  });

  it("may carry as many brackets in a text as it likes", () => {
    const prompt = '[{,\\"'.repeat(20_000);
    const { op, payload } = encodeCall({ op: "call_ai", model: "m", prompt });
    expect(parseCall(op, payload)).toMatchObject({ prompt });
  });
});

describe("a reply", () => {
  it.each([
    { ok: null },
    { ok: "text \ud800 😀" },
    { ok: ["a", "b"] },
    { error: { code: "denied", message: "not this one" } },
  ])("comes back as it was: %j", (reply) => {
    expect(parseReply(encodeReply(reply))).toEqual(reply);
  });

  it("is plain UTF-8 JSON, whatever text it carries", () => {
    const encoded = encodeReply({ ok: "\ud800" });
    expect(new TextDecoder("utf-8", { fatal: true }).decode(encoded)).toBe('{"ok":"\\ud800"}');
  });

  it("tells a guest what was wrong with its call", () => {
    expect(protocolErrorReply(new ProtocolError("too_large", "too much"))).toEqual({
      error: { code: "too_large", message: "too much" },
    });
  });

  it.each(["{}", '{"ok":1,"error":null}', '{"error":"text"}'])(
    "of another form is not accepted: %s",
    (text) => {
      expect(() => parseReply(bytes(text))).toThrow();
    },
  );
});
