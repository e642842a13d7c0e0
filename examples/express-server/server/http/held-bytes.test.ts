import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it } from "vitest";
import { HeldBytes } from "./held-bytes.js";
import { readBody } from "./read-body.js";

const plenty = Number.MAX_SAFE_INTEGER;
const refusal = { code: "unavailable", retryAfterSeconds: 1 };

function takeUntilRefused(holding: ReturnType<HeldBytes["open"]>): unknown {
  const piece = new Uint8Array(1_000);
  for (;;) {
    try {
      holding.take(piece, plenty);
    } catch (error) {
      return error;
    }
  }
}

describe("the bytes that requests hold", () => {
  it("are given back when a request is answered, once", () => {
    const held = new HeldBytes(100_000);
    const [one, other] = [held.open(), held.open()];
    one.take(new Uint8Array(10_000), plenty);
    other.take(new Uint8Array(20_000), plenty);
    expect(held.bytes).toBeGreaterThanOrEqual(30_000);
    one[Symbol.dispose]();
    const left = held.bytes;
    expect(left).toBeLessThan(30_000);
    one[Symbol.dispose]();
    expect(held.bytes).toBe(left);
    other[Symbol.dispose]();
    expect(held.bytes).toBe(0);
  });

  it("are never more than there may be, whoever asks", () => {
    const held = new HeldBytes(1_000_000);
    for (let request = 0; request < 1_000; request += 1) {
      expect(takeUntilRefused(held.open())).toMatchObject(refusal);
      expect(held.bytes).toBeLessThanOrEqual(1_000_000);
    }
  });

  it("leave room for small requests, however much large ones ask for", () => {
    const held = new HeldBytes(10_000_000);
    let refused = 0;
    for (let request = 0; request < 20; request += 1) {
      const large = held.open();
      try {
        large.take(new Uint8Array(1_000_000), plenty);
      } catch {
        large[Symbol.dispose]();
        refused += 1;
      }
    }
    expect(refused).toBe(13);
    for (let request = 0; request < 25; request += 1) held.open().take(new Uint8Array(90_000), plenty);
    expect(held.bytes).toBeGreaterThan(9_000_000);
  });

  it("are not held of what is refused", () => {
    const held = new HeldBytes(100_000);
    expect(() => held.open().take(new Uint8Array(110_000), plenty)).toThrow(expect.objectContaining(refusal));
    expect(() => held.open().take(new Uint8Array(11), 10)).toThrow(
      expect.objectContaining({ code: "too_large", message: "The request has more than 10 bytes." }),
    );
    expect(held.bytes).toBe(0);
  });

  it("count what comes in crumbs as what it costs", () => {
    const held = new HeldBytes(100_000);
    const holding = held.open();
    const crumb = new Uint8Array(1);
    expect(() => {
      for (let n = 0; n < 1_000; n += 1) holding.take(crumb, plenty);
    }).toThrow(expect.objectContaining(refusal));
  });
});

it("a body that never ends is held no longer than requests may take", async () => {
  const held = new HeldBytes(1_000_000);
  const timeouts = { requestTimeout: 400, headersTimeout: 300, connectionsCheckingInterval: 50 };
  const outcomes: unknown[] = [];
  const server = createServer(timeouts, async (request) => {
    using holding = held.open();
    outcomes.push(await readBody(request, plenty, holding).catch((error) => error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nslow");
  await expect.poll(() => held.bytes, { interval: 5 }).toBeGreaterThan(0);
  await once(socket, "close");
  await expect.poll(() => outcomes).toMatchObject([{ code: "invalid" }]);
  expect(held.bytes).toBe(0);
  server.close();
});
