import { describe, expect, it } from "vitest";
import { captureMemory, pageBytes } from "./memory-image.js";
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
