import { describe, expect, it } from "vitest";
import { Errno } from "../errno.js";
import { MAX_PIECE } from "../guest-buffers.js";
import { PAGE, TestGuest } from "../test/test-guest.js";

function randomHex(guest: TestGuest, length: number): string {
  expect(guest.call.random_get(2048, length)).toBe(Errno.SUCCESS);
  return Buffer.from(guest.bytes(2048, length)).toString("hex");
}

describe("seeded randomness", () => {
  it.each([
    [1, "24f7ee772c47996f2368c865471a166a"],
    [0xdeadbeefcafef00dn, "e482afc39ad9964d14026c27bf4f7078"],
    [-1, "203305c77e1748dbc700b3b7211c4e8d"],
  ])("for seed %s is what sfc32 gives", (seed, expected) => {
    expect(randomHex(new TestGuest({ random: { seed } }), 16)).toBe(expected);
  });

  it("begins anew with every run", () => {
    const guest = new TestGuest({ random: { seed: 42 } });
    const first = randomHex(guest, 37);
    expect(randomHex(guest, 37)).not.toBe(first);
    guest.begin({ random: { seed: 42 } });
    expect(randomHex(guest, 37)).toBe(first);
  });

  it("takes no seed that is not a whole number", () => {
    const guest = new TestGuest();
    expect(() => guest.begin({ random: { seed: 0.5 } })).toThrow(TypeError);
    expect(() => guest.begin({ random: { seed: Number.NaN } })).toThrow(TypeError);
  });
});

describe("live randomness", () => {
  it("asks the platform for no more at once than it gives", () => {
    const guest = new TestGuest();
    expect(guest.call.random_get(0, 2 * PAGE)).toBe(Errno.SUCCESS);
    expect(guest.powers.asked).toEqual([MAX_PIECE, MAX_PIECE]);
    expect([...guest.bytes(2 * PAGE - 3, 3)]).toEqual([253, 254, 255]);
  });

  it("fills nothing beyond what was asked for", () => {
    const guest = new TestGuest();
    expect(randomHex(guest, 3)).toBe("000102");
    expect(guest.bytes(2051, 1)[0]).toBe(0);
  });

  it("answers EFAULT before it asks for anything", () => {
    const guest = new TestGuest();
    expect(guest.call.random_get(1, 2 * PAGE)).toBe(Errno.FAULT);
    expect(guest.call.random_get(1, -1)).toBe(Errno.FAULT);
    expect(guest.powers.asked).toEqual([]);
  });
});
