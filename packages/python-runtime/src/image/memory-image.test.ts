import { describe, expect, it } from "vitest";
import {
  captureMemory,
  encodeMemoryImage,
  pageBytes,
  parseMemoryImage,
  writeExtents,
} from "./memory-image.js";

function memoryWith(contents: Record<number, number>, pages = 64): Uint8Array {
  const memory = new Uint8Array(pages * pageBytes);
  for (const [at, value] of Object.entries(contents)) memory[Number(at)] = value;
  return memory;
}

describe("a captured memory", () => {
  it("holds the pages with contents, and only those", () => {
    const extents = captureMemory(memoryWith({ 5: 1, [20 * pageBytes + 7]: 2 }));
    expect(extents.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
      [0, pageBytes],
      [20 * pageBytes, pageBytes],
    ]);
  });

  it("takes short gaps along", () => {
    const extents = captureMemory(memoryWith({ 0: 1, [2 * pageBytes]: 1 }));
    expect(extents).toHaveLength(1);
    expect(extents[0]?.bytes).toHaveLength(3 * pageBytes);
  });

  it("reaches to the memory's last byte", () => {
    const memory = memoryWith({ [64 * pageBytes - 1]: 9 });
    expect(captureMemory(memory)[0]?.bytes.at(-1)).toBe(9);
  });

  it("leaves out what it is told to", () => {
    const memory = memoryWith({ 0: 1, [10 * pageBytes]: 2, [12 * pageBytes]: 3 });
    const extents = captureMemory(memory, [{ start: 10 * pageBytes, end: 12 * pageBytes }]);
    expect(extents.map(({ offset }) => offset)).toEqual([0, 12 * pageBytes]);
  });

  it("is the same after a trip through a file", () => {
    const memory = memoryWith({ 3: 7, [9 * pageBytes]: 8, [40 * pageBytes]: 9 });
    const file = encodeMemoryImage(captureMemory(memory));
    const copy = new Uint8Array(memory.length);
    writeExtents(copy, parseMemoryImage(file, memory.length));
    expect(copy).toEqual(memory);
  });
});

describe("a memory image from a file", () => {
  const file = encodeMemoryImage(captureMemory(memoryWith({ 0: 1, [20 * pageBytes]: 2 })));

  it("is refused when it is cut off anywhere", () => {
    for (const length of [0, 3, 4, 11, 19, file.length - 1]) {
      expect(() => parseMemoryImage(file.slice(0, length), 1 << 20)).toThrow("malformed");
    }
  });

  it("is refused when it has more than it says", () => {
    expect(() => parseMemoryImage(Uint8Array.of(...file, 0), 1 << 20)).toThrow("malformed");
  });

  it("is refused when it does not fit the memory", () => {
    expect(() => parseMemoryImage(file, 20 * pageBytes)).toThrow("malformed");
  });

  it("is refused when extents overlap or numbers are absurd", () => {
    for (const [at, value] of [
      [0, 0xffff_ffff],
      [12, 100],
      [8, 0xffff_ffff],
    ] as const) {
      const broken = file.slice();
      new DataView(broken.buffer).setUint32(at, value, true);
      expect(() => parseMemoryImage(broken, 1 << 20)).toThrow("malformed");
    }
  });
});
