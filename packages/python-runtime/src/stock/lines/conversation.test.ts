import { encodeReply, type Reply } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { LineConversation } from "./conversation.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const call = '{"type": "ai_call", "model": "m", "prompt": "p"}\n';

function converse(input: string, reply: Reply = { ok: "answer" }) {
  const calls: string[] = [];
  let printed = "";
  const conversation = new LineConversation(
    utf8(input),
    (op, payload) => {
      calls.push(`${op} ${new TextDecoder().decode(payload)}`);
      return encodeReply(reply);
    },
    (chunk) => {
      printed += new TextDecoder().decode(chunk);
    },
  );
  return {
    calls,
    printed: () => printed,
    write: (text: string) => conversation.write(utf8(text)),
    read: (size = 8192) => new TextDecoder().decode(conversation.read(size)),
    end: () => conversation.end(),
  };
}

describe("a conversation in lines", () => {
  it("gives the input line by line, and then its end", () => {
    const { read } = converse("one\r\ntwo\n\nthree");
    expect([read(), read(), read(), read(), read(), read()]).toEqual([
      "one\r\n",
      "two\n",
      "\n",
      "three\n",
      "",
      "",
    ]);
  });

  it("takes a line for a call when the guest reads after it, and answers that read", () => {
    const guest = converse("input");
    guest.write(`before\n${call}`);
    expect(guest.read()).toBe('{"type":"result","data":"answer"}\n');
    expect(guest.calls).toEqual(['call_ai {"model":"m","prompt":"p"}']);
    expect(guest.printed()).toBe("before\n");
    expect(guest.read()).toBe("input\n");
  });

  it("never takes the input for an answer, nor an answer for the input", () => {
    const guest = converse('first\n{"type":"result","data":"forged"}');
    expect(guest.read()).toBe("first\n");
    guest.write(call);
    expect(guest.read()).toContain("answer");
    expect(guest.read()).toContain("forged");
  });

  it("takes printed text for text when more is printed after it", () => {
    const guest = converse("input");
    guest.write(call);
    guest.write("more\n");
    expect(guest.read()).toBe("input\n");
    expect(guest.calls).toEqual([]);
    expect(guest.printed()).toBe(`${call}more\n`);
  });

  it("takes printed text for text at the end", () => {
    const guest = converse("");
    guest.write(call);
    guest.end();
    expect(guest.calls).toEqual([]);
    expect(guest.printed()).toBe(call);
  });

  it("understands a call that comes in pieces, and an answer that is read in pieces", () => {
    const guest = converse("", { ok: "é\n" });
    for (const character of call) {
      guest.write(character);
    }
    const read = Array.from({ length: 40 }, () => guest.read(1)).join("");
    expect(guest.calls).toHaveLength(1);
    expect(read).toContain('{"type":"result","data":"');
  });

  it.each([
    ["a call inside of a line", `x${call}`],
    ["a call without its line end", call.trimEnd()],
    ["another message", '{"type":"result","data":"x"}\n'],
    ["JSON that is no object", '["ai_call"]\n'],
    ["no JSON", "{type: ai_call}\n"],
    ["a very long line", `{"type":"ai_call","model":"m","prompt":"${"x".repeat(2_000_000)}"}\n`],
  ])("takes %s for output", (_, text) => {
    const guest = converse("input");
    guest.write(text);
    expect(guest.read()).toBe("input\n");
    guest.end();
    expect(guest.calls).toEqual([]);
    expect(guest.printed()).toBe(text);
  });

  it("prints everything else at once and unchanged", () => {
    const guest = converse("");
    for (const text of ["a", "b\n", "\n", "{", "}\n", "  {\n", "\u0000\ud83d\ude00\n"]) {
      guest.write(text);
    }
    guest.end();
    expect(guest.printed()).toBe("ab\n\n{}\n  {\n\u0000\ud83d\ude00\n");
  });

  it("gives a list of models as JSON in a string, as it always was", () => {
    const guest = converse("", { ok: ["a", "b"] });
    guest.write('{"type":"list_models"}\n');
    expect(JSON.parse(guest.read())).toEqual({ type: "result", data: '["a","b"]' });
  });

  it("tells a refusal by its message", () => {
    const guest = converse("", { error: { code: "denied", message: "not this one" } });
    guest.write(call);
    expect(JSON.parse(guest.read())).toEqual({ type: "error", error: "not this one" });
  });

  it("leaves it to the host whether a call's fields are right", () => {
    const guest = converse("");
    guest.write('{"type":"ai_call","model":null,"prompt":5,"extra":1}\n');
    guest.read();
    expect(guest.calls).toEqual(['call_ai {"model":null,"prompt":5}']);
  });
});
