import { describe, expect, it } from "vitest";
import { joined } from "./bytes.js";
import { Channel } from "./channel.js";

const utf8 = (text: string) => new TextEncoder().encode(text);

function request(kind: number, name: Uint8Array, payload: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(9));
  head.setUint8(0, kind);
  head.setUint32(1, name.length, true);
  head.setUint32(5, payload.length, true);
  return joined([new Uint8Array(head.buffer), name, payload]);
}

function createChannel(maxPayloadBytes = 1000) {
  const seen: string[] = [];
  const channel = new Channel(
    {
      supply: (name) => (name === "none" ? undefined : utf8(`supply of ${name}`)),
      call: (op, payload) => {
        seen.push(`${op}(${new TextDecoder().decode(payload)})`);
        return payload;
      },
      end: (report) => {
        throw new Error(`ended with ${new TextDecoder().decode(report)}`);
      },
    },
    maxPayloadBytes,
  );
  return { channel, seen };
}

function answer(channel: Channel): string | undefined {
  const head = new DataView(channel.read(5).slice().buffer);
  const bytes = channel.read(head.getUint32(1, true));
  return head.getUint8(0) === 0 ? undefined : new TextDecoder().decode(bytes);
}

describe("a channel", () => {
  it("answers supplies and calls", () => {
    const { channel, seen } = createChannel();
    channel.write(request(1, utf8("source"), utf8("")));
    expect(answer(channel)).toBe("supply of source");
    channel.write(request(1, utf8("none"), utf8("")));
    expect(answer(channel)).toBeUndefined();
    channel.write(request(2, utf8("echo"), utf8("text")));
    expect(answer(channel)).toBe("text");
    expect(seen).toEqual(["echo(text)"]);
  });

  it("holds no more of a request in crumbs than the crumbs", () => {
    const { channel } = createChannel(32 << 20);
    channel.write(request(2, utf8(""), new Uint8Array(32 << 20)).subarray(0, 9));
    const before = process.memoryUsage.rss();
    for (let turn = 0; turn < 1_000_000; turn++) {
      channel.write(Uint8Array.of(1));
      channel.write(new Uint8Array());
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 2 ** 20);
  });

  it("understands a request that comes byte by byte, and gives its answer likewise", () => {
    const { channel } = createChannel();
    for (const byte of request(2, utf8("echo"), utf8("text"))) {
      expect(channel.write(Uint8Array.of(byte))).toBe(true);
    }
    const bytes = Array.from({ length: 9 }, () => channel.read(1)[0]);
    expect(bytes).toEqual([1, 4, 0, 0, 0, ...utf8("text")]);
    expect(channel.read(1)).toHaveLength(0);
  });

  it("ends by what the host throws", () => {
    const { channel } = createChannel();
    expect(() => channel.write(request(3, utf8(""), utf8("report")))).toThrow("ended with report");
  });

  it("takes a payload as large as allowed, and refuses a larger one before it comes", () => {
    const { channel, seen } = createChannel(10);
    expect(channel.write(request(2, utf8("a"), new Uint8Array(10).fill(120)))).toBe(true);
    expect(channel.write(request(2, utf8("b"), new Uint8Array(11)).subarray(0, 10))).toBe(false);
    expect(channel.write(request(2, utf8("c"), utf8("")))).toBe(true);
    expect(seen).toEqual(["a(xxxxxxxxxx)", "c()"]);
  });

  it.each([
    ["a name of 4 GB", Uint8Array.of(2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0)],
    ["a payload of 4 GB", Uint8Array.of(2, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff)],
    ["more than was announced", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0, 1)],
  ])("forgets %s and goes on", (_, bytes) => {
    const { channel, seen } = createChannel();
    expect(channel.write(bytes)).toBe(false);
    expect(channel.read(5)).toHaveLength(0);
    expect(channel.write(request(2, utf8("next"), utf8("")))).toBe(true);
    expect(seen).toEqual(["next()"]);
  });

  it("answers a request of no known kind with nothing", () => {
    const { channel } = createChannel();
    channel.write(request(77, utf8("x"), utf8("y")));
    expect(answer(channel)).toBeUndefined();
  });

  it("drops an answer that was not taken when the next request comes", () => {
    const { channel } = createChannel();
    channel.write(request(2, utf8("a"), utf8("old")));
    channel.write(request(2, utf8("a"), utf8("new")));
    expect(answer(channel)).toBe("new");
  });
});
