/**
 * A seat that its guest has taken over. It does what the source of its plugin names, on the bytes of its line, and then
 * waits to be killed; `behave` is what an honest seat does.
 */
import { createRandom, type Random } from "../../packages/bridge/src/test/random.js";
import { encodeFrame, type Frame, FrameReader } from "../../packages/core/src/seat/frame.js";
import { fromSeat, toSeat } from "../../packages/core/src/seat/kinds.js";
import { parseRunOrder } from "../../packages/core/src/seat/run-order.js";
import type { BlockingLine } from "../../packages/core/src/seat/serve-seat.js";

const MiB = 1 << 20;
const oneMillion = 1_000_000;
const everyKind = Object.values(fromSeat);
const anything = { head: 2 ** 31, body: 2 ** 31 };

class Liar {
  /** What the run was given: the seed of its lies, or what an honest seat sends back. */
  input = "";
  random: Random = createRandom(0);
  readonly #line: BlockingLine;
  readonly #frames = new FrameReader(() => anything);

  constructor(
    line: BlockingLine,
    readonly hangUp: () => void,
  ) {
    this.#line = line;
  }

  say(...parts: readonly Uint8Array[]): void {
    this.#line.write(parts);
  }

  frame(
    kind: keyof typeof fromSeat | number,
    head: string | Uint8Array = "",
    body: Uint8Array = bytes(0),
  ): void {
    const number = typeof kind === "number" ? kind : fromSeat[kind];
    this.say(...encodeFrame(number, typeof head === "string" ? Buffer.from(head) : head, [body]));
  }

  /** A header that claims what may never come. */
  claim(kind: keyof typeof fromSeat, head: number, body: number): void {
    const header = Buffer.alloc(9);
    header.writeUInt8(fromSeat[kind], 0);
    header.writeUInt32LE(head, 1);
    header.writeUInt32LE(body, 5);
    this.say(header);
  }

  call(op: string, payload: string | Uint8Array = "{}"): void {
    this.frame("call", op, typeof payload === "string" ? Buffer.from(payload) : payload);
  }

  end(end: unknown = { kind: "completed" }): void {
    this.frame("end", JSON.stringify({ end, computeMs: 1, peakMemoryBytes: 1, hasDelta: false }));
  }

  /** The host's next frame. Throws when the host has gone. */
  hear(): Frame {
    for (;;) {
      const frame = this.#frames.next();
      if (frame !== undefined) return frame;
      this.#frames.push(this.#line.read());
    }
  }

  noise(mostBytes: number): Uint8Array {
    return Uint8Array.from({ length: this.random.number(mostBytes) }, () => this.random.number(256));
  }
}

function bytes(length: number): Uint8Array {
  return new Uint8Array(length);
}

export type Lie = (seat: Liar) => void;

export const lies = {
  behave(seat) {
    seat.call("send_output", seat.input);
    seat.hear();
    seat.end();
    seat.frame("ready");
  },
  "says noise"(seat) {
    for (;;) seat.say(seat.noise(5_000));
  },
  "says frames of noise"(seat) {
    for (;;) seat.frame(seat.random.pick(everyKind), seat.noise(300), seat.noise(300));
  },
  "says good frames with a byte changed"(seat) {
    const talk = [
      ...encodeFrame(fromSeat.stdout, undefined, [Buffer.from("printed")]),
      ...encodeFrame(fromSeat.call, Buffer.from("list_models"), [Buffer.from("{}")]),
      ...encodeFrame(
        fromSeat.end,
        Buffer.from('{"end":{"kind":"completed"},"computeMs":1,"peakMemoryBytes":1}'),
      ),
      ...encodeFrame(fromSeat.ready),
    ];
    for (;;) {
      const changed = Buffer.concat(talk);
      changed[seat.random.number(changed.length)] = seat.random.number(256);
      seat.say(changed);
    }
  },
  "asks with noise, in good order"(seat) {
    const ops = [
      "call_ai",
      "embed",
      "call_tool",
      "begin",
      "next",
      "cancel",
      "log",
      "progress",
      "__proto__",
      "",
    ];
    for (;;) {
      seat.frame("call", seat.random.pick(ops), seat.noise(300));
      if (seat.hear().kind === toSeat.stop) return;
    }
  },
  "asks about tickets that it never had"(seat) {
    for (let number = 0; ; number = (number * 7 + 1) % Number.MAX_SAFE_INTEGER) {
      seat.call(
        seat.random.pick(["next", "cancel"]),
        JSON.stringify({ tickets: [number], ticket: number, timeout_ms: 0 }),
      );
      if (seat.hear().kind === toSeat.stop) return;
    }
  },
  "answers in place of its host"(seat) {
    seat.frame(toSeat.reply, "", Buffer.from('{"ok":null}'));
  },
  "asks in the middle of being answered"(seat) {
    const call = encodeFrame(fromSeat.call, Buffer.from("list_models"), [Buffer.from("{}")]);
    seat.say(...call, ...call);
  },
  "asks a million times"(seat) {
    for (let turn = 0; turn < oneMillion; turn++) {
      seat.call("list_models");
      if (seat.hear().kind === toSeat.stop) return;
    }
  },
  "asks a million times and hears no answer"(seat) {
    for (let turn = 0; turn < oneMillion; turn++) seat.call("list_models");
  },
  "asks for much and hears no answer"(seat) {
    // Each time when the host has answered, without having taken what it said.
    for (;;) {
      seat.call("call_ai", JSON.stringify({ model: "m", prompt: "large" }));
      pause(50);
    }
  },
  "asks with 32 MB, without end"(seat) {
    const payload = bytes(32 * MiB);
    for (;;) {
      seat.call("call_ai", payload);
      if (seat.hear().kind === toSeat.stop) return;
    }
  },
  "prints a million letters, each by itself"(seat) {
    for (let turn = 0; turn < oneMillion; turn++) seat.frame("stdout", "", bytes(1));
  },
  "claims 1 GB and sends it"(seat) {
    seat.claim("call", 4, 2 ** 30);
    for (let sent = 0; sent < 2 ** 30; sent += MiB) seat.say(bytes(MiB));
  },
  "prints 1 GB"(seat) {
    for (let sent = 0; sent < 2 ** 30; sent += 65_536) seat.frame("stdout", "", bytes(65_536));
  },
  "sends out nothing, a million times"(seat) {
    const frame = Buffer.concat(encodeFrame(fromSeat.output));
    const thousand = Buffer.concat(new Array<Buffer>(1_000).fill(frame));
    for (let turn = 0; turn < oneMillion; turn += 1_000) seat.say(thousand);
  },
  "sends out 1 GB"(seat) {
    for (let sent = 0; sent < 2 ** 30; sent += 65_536) seat.frame("output", "", bytes(65_536));
  },
  "sends something out while it waits"(seat) {
    seat.call("call_ai", JSON.stringify({ model: "m", prompt: "never" }));
    for (let turn = 0; turn < oneMillion; turn++) seat.frame("output");
  },
  "says half of something"(seat) {
    seat.claim("call", 11, 32 * MiB);
  },
  "says something a byte at a time"(seat) {
    const said = Buffer.concat(encodeFrame(fromSeat.call, Buffer.from("send_output"), [Buffer.from("slow")]));
    for (const byte of said) {
      seat.say(Uint8Array.of(byte));
      pause(1);
    }
    seat.hear();
    seat.end();
    seat.frame("ready");
  },
  "goes on after its end"(seat) {
    seat.end();
    for (;;) {
      seat.frame("stdout", "", Buffer.from("still here"));
      seat.call("send_output", "still here");
    }
  },
  "ends a million times"(seat) {
    for (let turn = 0; turn < oneMillion; turn++) seat.end();
  },
  "is ready a million times"(seat) {
    seat.end();
    for (let turn = 0; turn < oneMillion; turn++) seat.frame("ready");
  },
  "says nothing"() {},
  "hangs up in the middle"(seat) {
    seat.hangUp();
    for (;;) pause(1_000);
  },
  "hangs up when it is done"(seat) {
    seat.end();
    seat.frame("ready");
    seat.hangUp();
    for (;;) pause(1_000);
  },
  "does not stop when it is told to"(seat) {
    seat.call("call_ai", JSON.stringify({ model: "m", prompt: "never" }));
    while (seat.hear().kind !== toSeat.stop);
    for (;;) seat.call("list_models");
  },
} as const satisfies Record<string, Lie>;

export type LieName = keyof typeof lies;

/** Returns, or throws, when the host has gone. */
export function serveLies(line: BlockingLine, hangUp: () => void): void {
  const seat = new Liar(line, hangUp);
  seat.frame("ready");
  for (;;) {
    const frame = seat.hear();
    if (frame.kind !== toSeat.run) continue;
    const { source, input } = parseRunOrder(frame).request;
    seat.input = Buffer.from(input).toString();
    seat.random = createRandom(Number(seat.input) || 0);
    lies[String(source) as LieName](seat);
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
