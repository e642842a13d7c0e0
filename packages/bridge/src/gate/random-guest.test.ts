import { afterEach, describe, expect, it, vi } from "vitest";
import { encodeCall, ProtocolError, parseCall, parseReply } from "../protocol.js";
import { createLab, done, providerOf } from "../test/gate-lab.js";
import { calls, jsonWords, ops } from "../test/guest-messages.js";
import { createRandom, type Random } from "../test/random.js";

afterEach(() => {
  vi.useRealTimers();
});

const toBytes = (word: string | Uint8Array): Uint8Array =>
  typeof word === "string" ? new TextEncoder().encode(word) : word;

function randomBytes(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.number(200) }, () => random.number(256));
}

function randomJson(random: Random, depth = 0): string {
  const kinds = depth > 5 ? 4 : 6;
  switch (random.number(kinds)) {
    case 0:
      return random.pick([
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1e999",
        "-1e-999",
        "1",
        "9007199254740993",
        "0.1",
      ]);
    case 1:
      return JSON.stringify(
        String.fromCharCode(...Array.from({ length: random.number(8) }, () => random.number(0x10000))),
      );
    case 2:
      return '"m"';
    case 3:
      return String(random.number(5));
    case 4:
      return `[${Array.from({ length: random.number(4) }, () => randomJson(random, depth + 1)).join(",")}]`;
    default: {
      const names = [
        "model",
        "prompt",
        "texts",
        "name",
        "arguments",
        "op",
        "call",
        "tickets",
        "ticket",
        "value",
        "__proto__",
        "text",
      ];
      return `{${Array.from({ length: random.number(4) }, () => `"${random.pick(names)}":${randomJson(random, depth + 1)}`).join(",")}}`;
    }
  }
}

/** What a guest sent that means something, with something done to it. */
function mutated(random: Random): Uint8Array {
  const bytes = [...random.pick(calls).payload];
  for (let turn = random.number(4); turn >= 0; turn--) {
    const at = random.number(bytes.length + 1);
    switch (random.number(4)) {
      case 0:
        bytes.splice(at, 1 + random.number(3));
        break;
      case 1:
        bytes.splice(at, 0, ...toBytes(random.pick(jsonWords)));
        break;
      case 2:
        bytes[at] = random.number(256);
        break;
      default:
        bytes.length = at;
    }
  }
  return Uint8Array.from(bytes.filter((byte) => byte !== undefined));
}

function randomCall(random: Random): { readonly op: string; readonly payload: Uint8Array } {
  switch (random.number(5)) {
    case 0:
      return { op: random.pick(ops), payload: randomBytes(random) };
    case 1:
      return { op: random.pick(ops), payload: new TextEncoder().encode(randomJson(random)) };
    case 2:
      return random.pick(calls);
    case 3:
      return { op: random.pick(ops), payload: random.pick(calls).payload };
    default:
      return { op: random.pick(ops), payload: mutated(random) };
  }
}

const seeds = [1, 2, 3, 5, 8, 13, 21, 34];

describe.each(seeds)("a guest that sends whatever comes to its mind (seed %i)", (seed) => {
  it("is understood, or told by a code that it is not", () => {
    const random = createRandom(seed);
    let understood = 0;
    for (let turn = 0; turn < 5_000; turn++) {
      const { op, payload } = randomCall(random);
      try {
        const call = parseCall(op, payload);
        expect(call.op).toBe(op);
        // What was understood can be said again, and means the same.
        const again = encodeCall(call);
        expect(parseCall(again.op, again.payload)).toEqual(call);
        understood++;
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }
    expect(understood).toBeGreaterThan(500);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("is answered each time, with a value or a code, and leaves nothing behind", async () => {
    const random = createRandom(seed);
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 1 });
    const provider = providerOf(async function* (_, prompt) {
      if (prompt.length % 3 === 0) throw new Error("secret");
      yield { type: "text", text: prompt };
      if (prompt.length % 3 === 1) yield done;
    });
    const tools = {
      list: () => [{ name: "t", description: "", inputSchema: {} }],
      call: async (_: string, args: object) => args,
    };
    const { gate, events } = createLab({
      provider,
      tools,
      policy: { maxCalls: 300, maxFreeCalls: 100_000 },
      limits: { outputBytes: 10_000_000, logBytes: 10_000_000 },
    });
    const waiting: Promise<void>[] = [];
    for (let turn = 0; turn < 400; turn++) {
      const { op, payload } = randomCall(random);
      // A guest blocks; a lying seat need not.
      if (op === "next") continue;
      const check = gate.serve(op, payload).then((answer) => {
        if ("stop" in answer) throw new Error("stopped");
        const reply = parseReply(answer.reply);
        expect(Object.keys(reply)).toHaveLength(1);
        if ("error" in reply) {
          expect(reply.error.code).toMatch(/^[a-z_]{3,30}$/);
          expect(JSON.stringify(reply)).not.toMatch(/secret|node_modules|\.ts/);
        }
      });
      if (random.number(2) === 0) await check;
      else waiting.push(check);
    }
    await Promise.all(waiting);
    const started = events.filter(({ type }) => type === "call_started").length;
    gate.close();
    expect(events.filter(({ type }) => type === "call_finished")).toHaveLength(started);
    expect(vi.getTimerCount()).toBe(0);
  });
});
