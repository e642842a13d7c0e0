import { describe, expect, it } from "vitest";
import { comparisonRoomBytes, recordBytes, recordsAt } from "./comparison-code.js";
import { captureMemory, pageBytes, wasmPageBytes } from "./memory-image.js";
import { encodeRestorer, instantiateRestorer } from "./restorer.js";

const wasmPages = 4;

function fill(memory: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) memory[at] = (at * 31) % 251;
}

async function setUp() {
  const memory = new WebAssembly.Memory({ initial: wasmPages, maximum: 16 });
  const first = new Uint8Array(wasmPages * 65_536);
  fill(first, 100, 3 * pageBytes);
  fill(first, 20 * pageBytes, 30 * pageBytes + 5);
  const module = await WebAssembly.compile(encodeRestorer(captureMemory(first)));
  const restorer = instantiateRestorer(module, memory);
  restorer.restore();
  return { memory, restorer, first };
}

const contents = (memory: WebAssembly.Memory) => new Uint8Array(memory.buffer);

describe("restoring a snapshot", () => {
  it("makes an empty memory what was captured", async () => {
    const { memory, first } = await setUp();
    expect(contents(memory)).toEqual(first);
  });

  it("does so without looking at the rest of it", async () => {
    const { memory, restorer, first } = await setUp();
    contents(memory).fill(0);
    restorer.write();
    expect(contents(memory)).toEqual(first);
  });

  it("takes back whatever was written, wherever", async () => {
    const { memory, restorer, first } = await setUp();
    contents(memory).fill(0xff);
    restorer.restore();
    expect(contents(memory)).toEqual(first);
  });

  it("finds a single byte anywhere in a page", async () => {
    const { memory, restorer, first } = await setUp();
    for (const at of [10 * pageBytes, 10 * pageBytes + 17, 11 * pageBytes - 1, wasmPages * 65_536 - 1]) {
      contents(memory)[at] = 1;
      restorer.restore();
      expect(contents(memory)).toEqual(first);
    }
  });

  it("clears what has grown since", async () => {
    const { memory, restorer, first } = await setUp();
    memory.grow(5);
    contents(memory).fill(7, wasmPages * 65_536);
    restorer.restore();
    expect(contents(memory).subarray(0, first.length)).toEqual(first);
    expect(
      contents(memory)
        .subarray(first.length)
        .every((byte) => byte === 0),
    ).toBe(true);
  });

  it("works on any number of memories at once", async () => {
    const { first } = await setUp();
    const module = await WebAssembly.compile(encodeRestorer(captureMemory(first)));
    const memories = Array.from({ length: 3 }, () => new WebAssembly.Memory({ initial: wasmPages }));
    for (const memory of memories) instantiateRestorer(module, memory).restore();
    for (const memory of memories) expect(contents(memory)).toEqual(first);
  });
});

describe("comparing with a snapshot", () => {
  const start = 4 * wasmPageBytes;
  const pages = 8;

  async function compared(change: (memory: Uint8Array) => void) {
    const memory = new WebAssembly.Memory({ initial: pages });
    const first = new Uint8Array(pages * wasmPageBytes);
    fill(first, start, start + 3 * pageBytes);
    fill(first, start + 20 * pageBytes, start + 30 * pageBytes + 5);
    const restorer = instantiateRestorer(
      await WebAssembly.compile(encodeRestorer(captureMemory(first))),
      memory,
    );
    restorer.restore();
    change(contents(memory));
    const before = contents(memory).slice();
    const end = restorer.compare(start, contents(memory).length);
    expect(
      Buffer.compare(contents(memory).subarray(comparisonRoomBytes), before.subarray(comparisonRoomBytes)),
    ).toBe(0);
    const view = new DataView(memory.buffer);
    return Array.from({ length: (end - recordsAt) / recordBytes }, (_, index) => {
      const at = recordsAt + index * recordBytes;
      return [view.getUint32(at, true) - start, view.getBigUint64(at + 4, true)];
    });
  }

  it("finds nothing where nothing was changed", async () => {
    expect(await compared(() => {})).toEqual([]);
  });

  it("finds a single byte anywhere, and says in which of a page's blocks it is", async () => {
    for (const [at, page, block] of [
      [start, 0, 0],
      [start + 63, 0, 0],
      [start + 64, 0, 1],
      [start + pageBytes - 1, 0, 63],
      [start + 3 * pageBytes, 3, 0],
      [start + 25 * pageBytes + 2048, 25, 32],
      [start + 30 * pageBytes + 4, 30, 0],
      [start + 30 * pageBytes + 4000, 30, 62],
      [pages * wasmPageBytes - 1, 63, 63],
    ] as const) {
      const records = await compared((memory) => {
        memory[at] = (memory[at] ?? 0) ^ 0x80;
      });
      expect(records).toEqual([[page * pageBytes, 1n << BigInt(block)]]);
    }
  });

  it("finds what was cleared as well as what was written", async () => {
    expect(await compared((memory) => memory.fill(0, start + pageBytes, start + 2 * pageBytes))).toEqual([
      [pageBytes, 2n ** 64n - 1n],
    ]);
  });

  it("gives one record for each page that differs, in order", async () => {
    const records = await compared((memory) => memory.fill(0xff, start));
    expect(records).toEqual(Array.from({ length: 64 }, (_, page) => [page * pageBytes, 2n ** 64n - 1n]));
  });
});
