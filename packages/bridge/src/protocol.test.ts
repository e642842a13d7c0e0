import { describe, expect, it } from "vitest";
import {
  type Call,
  type CallOp,
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
  {
    op: "call_ai",
    model: "m",
    prompt: "p",
    system: "",
    images: ["iVBORw0KGgo=", "AAAA"],
    format: { type: "object", properties: { a: { enum: [null, 1, "x"] } } },
    temperature: 0.5,
    max_tokens: 100,
  },
  { op: "call_ai", model: "m", prompt: "p", format: "json" },
  { op: "embed", model: "m", texts: ["one", ""] },
  { op: "call_tool", name: "lookup", arguments: {} },
  { op: "call_tool", name: "lookup", arguments: { a: [1, { b: null }], constructor: "c", "": true } },
  { op: "list_models" },
  { op: "list_tools" },
  { op: "send_output", text: "" },
  { op: "send_output", text: "a\u0000\ud800b" },
  { op: "send_json", value: null },
  { op: "send_json", value: { a: [1.5, "x", [], {}], b: false }, text: "{'a': …}" },
  { op: "progress", fraction: 0, message: "" },
  { op: "progress", fraction: 1, message: "done" },
  { op: "log", level: "warning", message: "careful\n" },
  { op: "begin", call: { op: "call_ai", model: "m", prompt: "p" }, stream: true },
  { op: "begin", call: { op: "embed", model: "m", texts: ["t"] } },
  { op: "begin", call: { op: "call_tool", name: "t", arguments: { a: 1 } } },
  { op: "next", tickets: [1, 2] },
  { op: "next", tickets: [1], timeout_ms: 0 },
  { op: "cancel", ticket: 1 },
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

  it.each<[CallOp, string]>([
    ["call_ai", '{"model":"","prompt":"x"}'],
    ["call_ai", `{"model":"${"m".repeat(1_001)}","prompt":"x"}`],
    ["call_ai", '{"model":"m","prompt":"x","images":"AAAA"}'],
    ["call_ai", '{"model":"m","prompt":"x","images":[""]}'],
    ["call_ai", '{"model":"m","prompt":"x","images":["/etc/passwd"]}'],
    ["call_ai", '{"model":"m","prompt":"x","images":["AAA"]}'],
    ["call_ai", '{"model":"m","prompt":"x","images":["A=AA"]}'],
    ["call_ai", '{"model":"m","prompt":"x","images":["AA A"]}'],
    ["call_ai", '{"model":"m","prompt":"x","images":[65]}'],
    ["call_ai", '{"model":"m","prompt":"x","format":"xml"}'],
    ["call_ai", '{"model":"m","prompt":"x","format":[]}'],
    ["call_ai", '{"model":"m","prompt":"x","format":{"a":1e999}}'],
    ["call_ai", '{"model":"m","prompt":"x","temperature":"hot"}'],
    ["call_ai", '{"model":"m","prompt":"x","temperature":-1}'],
    ["call_ai", '{"model":"m","prompt":"x","temperature":1e999}'],
    ["call_ai", '{"model":"m","prompt":"x","max_tokens":0}'],
    ["call_ai", '{"model":"m","prompt":"x","max_tokens":1.5}'],
    ["call_ai", '{"model":"m","prompt":"x","max_tokens":1e300}'],
    ["call_ai", '{"model":"m","prompt":"x","system":null}'],
    ["embed", '{"model":"m","texts":[]}'],
    ["embed", '{"model":"m","texts":"t"}'],
    ["embed", '{"model":"m","texts":[1]}'],
    ["call_tool", '{"name":"t"}'],
    ["call_tool", '{"name":"t","arguments":[]}'],
    ["call_tool", '{"name":"t","arguments":null}'],
    ["call_tool", '{"name":"t","arguments":{"a":NaN}}'],
    ["call_tool", '{"name":"t","arguments":{"a":-1e999}}'],
    ["call_tool", '{"name":"t","arguments":{"a":[{"__proto__":{}}]}}'],
    ["call_tool", '{"name":"t","arguments":{"__proto__":1}}'],
    ["call_tool", '{"name":"t","arguments":{},"__proto__":{"name":"u"}}'],
    ["list_models", '{"all":true}'],
    ["list_tools", "[]"],
    ["send_json", "{}"],
    ["send_json", '{"value":[1e999]}'],
    ["send_json", '{"value":{"a":{"__proto__":1}}}'],
    ["send_json", '{"value":1,"text":2}'],
    ["progress", '{"fraction":1.1,"message":""}'],
    ["progress", '{"fraction":"0.5","message":""}'],
    ["progress", '{"fraction":0.5}'],
    ["log", '{"level":"fatal","message":""}'],
    ["log", '{"level":"info","message":{}}'],
    ["begin", '{"call":{"op":"list_models"}}'],
    ["begin", '{"call":{"op":"begin","call":{"op":"embed","model":"m","texts":["t"]}}}'],
    ["begin", '{"call":{"op":"call_ai","model":"m"}}'],
    ["begin", '{"call":{"op":"call_ai","model":"m","prompt":"p","stream":true}}'],
    ["begin", '{"call":{"op":"call_ai","model":"m","prompt":"p"},"stream":1}'],
    ["begin", '{"call":"call_ai"}'],
    ["next", '{"tickets":[]}'],
    ["next", '{"tickets":[0]}'],
    ["next", '{"tickets":[1.5]}'],
    ["next", '{"tickets":["1"]}'],
    ["next", '{"tickets":[1],"timeout_ms":-1}'],
    ["next", '{"tickets":[1],"timeout_ms":1e999}'],
    ["cancel", '{"ticket":-1}'],
    ["cancel", '{"ticket":9007199254740993}'],
  ])("%s with %s is a bad request", (op, payload) => {
    expect(refusal(op, bytes(payload))).toMatchObject({ code: "bad_request" });
  });

  it("of which a field is there twice is the one with the last of them, for policy and service alike", () => {
    const payload = bytes('{"name":"safe","name":"other","arguments":{"a":1,"a":2}}');
    expect(parseCall("call_tool", payload)).toEqual({ op: "call_tool", name: "other", arguments: { a: 2 } });
  });

  it("never says in its refusal what the guest wrote", () => {
    for (const payload of [
      '{"secret-field":1}',
      '{"call":{"op":"secret-field"}}',
      '{"value":{"secret-field":1e999}}',
    ]) {
      for (const op of ["call_ai", "begin", "send_json"]) {
        expect(JSON.stringify(refusal(op, bytes(payload)))).not.toContain("secret-field");
      }
    }
  });

  it.each(["[", "[],", '{"a":', "{},"])("made of ten million %j costs the host nothing", (piece) => {
    const payload = bytes(piece.repeat(10_000_000));
    const begin = process.memoryUsage().heapUsed;
    for (const op of ["call_ai", "send_json", "call_tool"]) {
      const refused = refusal(op, payload, { maxPayloadBytes: Number.POSITIVE_INFINITY });
      expect(refused).toMatchObject({ code: "bad_request" });
    }
    expect(process.memoryUsage().heapUsed - begin).toBeLessThan(20_000_000);
  });

  it("may carry JSON that is nested a hundred deep, and not deeper", () => {
    const nested = (depth: number) => bytes(`{"value":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`);
    expect(parseCall("send_json", nested(100))).toMatchObject({ op: "send_json" });
    expect(refusal("send_json", nested(101))).toMatchObject({ code: "bad_request" });
  });

  it("may carry a table as output, and not as arguments", () => {
    const table = JSON.stringify(Array.from({ length: 10_000 }, () => [1, 2, 3]));
    expect(parseCall("send_json", bytes(`{"value":${table}}`))).toMatchObject({ op: "send_json" });
    const args = bytes(`{"name":"t","arguments":{"a":${table}}}`);
    expect(refusal("call_tool", args)).toMatchObject({ code: "bad_request" });
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
    { ok: [{ ticket: 1, done: true, ok: { a: [1.5] } }] },
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
