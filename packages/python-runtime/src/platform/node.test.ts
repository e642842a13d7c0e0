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
