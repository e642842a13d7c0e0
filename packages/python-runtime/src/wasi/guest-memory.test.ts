import { describe, expect, it } from "vitest";
import { Errno } from "./errno.js";
import { GuestMemory } from "./guest-memory.js";

const PAGE = 65_536;

function memoryOf(pages: number): { memory: WebAssembly.Memory; guest: GuestMemory } {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 8 });
  return { memory, guest: new GuestMemory(() => memory) };
}

const FAULT = expect.objectContaining({ errno: Errno.FAULT });

describe("the guest's memory", () => {
  it("is read and written little-endian, to its very last byte", () => {
    const { memory, guest } = memoryOf(1);
    guest.setU64(PAGE - 8, 0x0102_0304_0506_0708n);
    expect([...new Uint8Array(memory.buffer, PAGE - 8)]).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(guest.u64(PAGE - 8)).toBe(0x0102_0304_0506_0708n);
    expect(guest.u32(PAGE - 4)).toBe(0x0102_0304);
    expect(guest.u16(PAGE - 2)).toBe(0x0102);
    expect(guest.u8(PAGE - 1)).toBe(1);
  });

  it.each([
    ["one byte past the end", PAGE - 7],
    ["at the end", PAGE],
    ["negative, which is the top of the address space", -8],
    ["the highest address", 0xffff_ffff],
  ])("refuses a pointer that is %s", (_, pointer) => {
    const { guest } = memoryOf(1);
    expect(() => guest.u64(pointer)).toThrow(FAULT);
    expect(() => guest.setU64(pointer, 1n)).toThrow(FAULT);
    expect(() => guest.bytes(pointer, 8)).toThrow(FAULT);
  });

  it("does not let a length wrap around", () => {
    const { guest } = memoryOf(1);
    expect(() => guest.bytes(16, 0xffff_fff0)).toThrow(FAULT);
    expect(() => guest.bytes(16, -1)).toThrow(FAULT);
    expect(() => guest.bytes(0, Number.NaN)).toThrow(FAULT);
  });

  it("allows nothing at the end, and everything from the start", () => {
    const { guest } = memoryOf(1);
    expect(guest.bytes(PAGE, 0)).toHaveLength(0);
    expect(guest.bytes(0, PAGE)).toHaveLength(PAGE);
  });

  it("sees the memory as it is after it has grown", () => {
    const { memory, guest } = memoryOf(1);
    guest.setU32(8, 7);
    memory.grow(1);
    expect(guest.u32(8)).toBe(7);
    guest.setU32(PAGE, 9);
    expect(new DataView(memory.buffer).getUint32(PAGE, true)).toBe(9);
    memory.grow(0);
    guest.setU8(0, 3);
    expect(new Uint8Array(memory.buffer)[0]).toBe(3);
  });
});
