import { describe, expect, it } from "vitest";
import { node } from "./node.js";

describe("the platform's random bytes", () => {
  it("are as many as asked for, never the same twice and never left blank", () => {
    const seen = new Set<string>();
    for (let i = 0; i < 2000; i++) {
      const bytes = node.powers.randomBytes(16);
      expect(bytes).toHaveLength(16);
      expect(bytes.some((byte) => byte !== 0)).toBe(true);
      seen.add(bytes.join());
    }
    expect(seen.size).toBe(2000);
  });

  it("come in any length", () => {
    for (const length of [0, 1, 1024, 1025, 65_536]) {
      expect(node.powers.randomBytes(length)).toHaveLength(length);
    }
  });

  it("are the receiver's to keep", () => {
    const first = node.powers.randomBytes(32);
    const copy = first.slice();
    for (let i = 0; i < 1000; i++) node.powers.randomBytes(32);
    expect(first).toEqual(copy);
  });
});

describe("reading a file", () => {
  const here = new URL(import.meta.url);

  it("uses the room it is given, if there is enough", async () => {
    const whole = (await node.readFile(here)) ?? new Uint8Array();
    const room = new Uint8Array(whole.length + 10).fill(7);
    const read = await node.readFile(here, room);
    expect(read).toEqual(whole);
    expect(read?.buffer).toBe(room.buffer);
    expect(await node.readFile(here, new Uint8Array(whole.length - 1))).toEqual(whole);
  });

  it("says when there is none, with room and without", async () => {
    const missing = new URL("missing", here);
    expect(await node.readFile(missing)).toBeUndefined();
    expect(await node.readFile(missing, new Uint8Array(10))).toBeUndefined();
  });
});
