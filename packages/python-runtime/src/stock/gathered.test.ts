import { describe, expect, it } from "vitest";
import { Gathered } from "./gathered.js";

describe("gathered bytes", () => {
  it("are what came, in order, however it was cut", () => {
    const whole = Uint8Array.from({ length: 10_000 }, (_, at) => at % 251);
    for (const size of [1, 7, 255, 256, 257, 10_000]) {
      const gathered = new Gathered();
      for (let at = 0; at < whole.length; at += size) gathered.add(whole.subarray(at, at + size));
      expect(gathered.length).toBe(whole.length);
      expect(gathered.bytes).toEqual(whole);
    }
  });

  it("are none to begin with, and after nothing came a hundred thousand times", () => {
    const gathered = new Gathered();
    for (let turn = 0; turn < 100_000; turn++) gathered.add(new Uint8Array());
    expect(gathered.bytes).toEqual(new Uint8Array());
  });

  it("take the room of what came, twice at most", () => {
    const gathered = new Gathered();
    for (let turn = 0; turn < 100_000; turn++) gathered.add(Uint8Array.of(turn));
    expect(gathered.bytes.buffer.byteLength).toBeLessThanOrEqual(200_000);
  });
});
