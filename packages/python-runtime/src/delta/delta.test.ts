import { describe, expect, it } from "vitest";
import { pageBytes, wasmPageBytes } from "../image/memory-image.js";
import { nothingCarried } from "../wasi/index.js";
import {
  type DeltaFrame,
  type DeltaHead,
  encodeHead,
  headBytes,
  imageHashOf,
  parseDelta,
  writeBlocks,
} from "./delta.js";
import type { DeltaErrorCode } from "./delta-error.js";

const imageHash = "0123456789abcdef".repeat(4);
const frame: DeltaFrame = {
  imageHash,
  memoryBytes: 10 * wasmPageBytes,
  maxMemoryBytes: 20 * wasmPageBytes,
  stackPointer: 4 * wasmPageBytes,
  tables: [
    { start: 5 * wasmPageBytes, end: 6 * wasmPageBytes },
    { start: 6 * wasmPageBytes, end: 6 * wasmPageBytes + pageBytes },
  ],
};
const first = frame.stackPointer;

type Page = readonly [address: number, low: number, high: number];

/** Of these pages, and `blocks` blocks that count up from 1. */
function delta(pages: readonly Page[], blocks: number, head: Partial<DeltaHead> = {}): Uint8Array {
  const bytes = new Uint8Array(headBytes + pages.length * 12 + blocks * 64);
  const { memoryBytes } = frame;
  encodeHead(bytes, { imageHash, memoryBytes, tables: [], carried: nothingCarried, ...head }, pages.length);
  const view = new DataView(bytes.buffer);
  pages.flat().forEach((word, index) => {
    view.setUint32(headBytes + index * 4, word, true);
  });
  for (let block = 0; block < blocks; block++) bytes.fill(block + 1, bytes.length - (blocks - block) * 64);
  return bytes;
}

function refusal(code: DeltaErrorCode, message = "") {
  return expect.objectContaining({ name: "DeltaError", code, message: expect.stringContaining(message) });
}

describe("a delta", () => {
  it("says what it was told to say", () => {
    const carried = { uptimeNs: 2n ** 61n, cpuNs: 77n, lost: [4, 63, 127] };
    const head = { memoryBytes: 12 * wasmPageBytes, tables: [1], carried };
    expect(parseDelta(delta([], 0, head), frame)).toMatchObject({ imageHash, ...head });
  });

  it("puts each of its blocks where it belongs, and writes nowhere else", () => {
    const parsed = parseDelta(
      delta(
        [
          [first, 0b101, 0],
          [first + 3 * pageBytes, 0, 0x8000_0000],
        ],
        3,
      ),
      frame,
    );
    const memory = new Uint8Array(frame.memoryBytes);
    writeBlocks(parsed, memory);
    const expected = new Uint8Array(frame.memoryBytes);
    expected.fill(1, first, first + 64);
    expected.fill(2, first + 128, first + 192);
    expected.fill(3, first + 4 * pageBytes - 64, first + 4 * pageBytes);
    expect(Buffer.compare(memory, expected)).toBe(0);
  });

  it("is read wherever it lies in a larger buffer", () => {
    const bytes = delta([[first, 1, 0]], 1);
    const buffer = new Uint8Array(bytes.length + 9);
    buffer.set(bytes, 5);
    expect(parseDelta(buffer.subarray(5, 5 + bytes.length), frame).blocks).toEqual(
      new Uint8Array(64).fill(1),
    );
  });
});

describe("bytes that are no delta", () => {
  const good = delta(
    [
      [first, 3, 0],
      [first + pageBytes, 1, 1],
    ],
    4,
  );
  const changed = (offset: number, ...bytes: number[]) => {
    const copy = good.slice();
    copy.set(bytes, offset);
    return copy;
  };
  const parsing = (bytes: Uint8Array) => () => parseDelta(bytes, frame);

  it("are refused wherever they were cut off", () => {
    expect(parsing(good)).not.toThrow();
    for (let length = 0; length < good.length; length++) {
      expect(parsing(good.subarray(0, length))).toThrow(refusal("damaged"));
    }
  });

  it("are refused with anything after the end", () => {
    for (const extra of [1, 12, 64, 4096]) {
      const longer = new Uint8Array(good.length + extra);
      longer.set(good);
      expect(parsing(longer)).toThrow(refusal("damaged", "more than it says"));
    }
  });

  it("are told from those of another version or image", () => {
    expect(parsing(changed(0, 0x57))).toThrow(refusal("damaged"));
    expect(parsing(changed(8, 2))).toThrow(refusal("version"));
    expect(parsing(changed(16, 0xff))).toThrow(refusal("foreign_image"));
    expect(imageHashOf(good)).toBe(imageHash);
    expect(() => imageHashOf(changed(8, 2))).toThrow(refusal("version"));
  });

  it("are refused when they claim more records than there can be, before room is made for them", () => {
    expect(parsing(changed(12, 0xff, 0xff, 0xff, 0xff))).toThrow(refusal("damaged", "cut off"));
    expect(parsing(changed(12, 3))).toThrow(refusal("damaged"));
    expect(parsing(changed(12, 1))).toThrow(refusal("damaged"));
  });

  it.each([0, 9 * wasmPageBytes, 10 * wasmPageBytes + 1, 0xffff_ffff])(
    "cannot claim a memory of %i bytes",
    (size) => {
      expect(() => parseDelta(delta([], 0, { memoryBytes: size }), frame)).toThrow(
        refusal("damaged", "size"),
      );
    },
  );

  it("cannot claim more memory than an instance may have", () => {
    const bytes = delta([], 0, { memoryBytes: 21 * wasmPageBytes });
    expect(parsing(bytes)).toThrow(
      refusal("too_large", "needs 2 MB of memory, and this instance may have 1"),
    );
  });

  it.each([
    ["below the stack pointer", [[first - pageBytes, 1, 0]]],
    ["at nothing", [[0, 1, 0]]],
    ["within a page", [[first + 64, 1, 0]]],
    ["at the end of the memory", [[frame.memoryBytes, 1, 0]]],
    ["at the end of all addresses", [[0xffff_f000, 1, 0]]],
    ["in a deferred table", [[5 * wasmPageBytes, 1, 0]]],
    ["at the end of a deferred table", [[6 * wasmPageBytes, 1, 0]]],
    ["twice", [first, first].map((page) => [page, 1, 0])],
    ["out of order", [first + pageBytes, first].map((page) => [page, 1, 0])],
  ] as const)("cannot name a page %s", (_, pages) => {
    expect(parsing(delta(pages as unknown as Page[], pages.length))).toThrow(refusal("damaged", "page"));
  });

  it("cannot name a page of which nothing follows", () => {
    expect(parsing(delta([[first, 0, 0]], 0))).toThrow(refusal("damaged", "nothing follows"));
  });

  it("cannot have another number of blocks than its records say", () => {
    expect(parsing(delta([[first, 3, 1]], 2))).toThrow(refusal("damaged", "cut off"));
    expect(parsing(delta([[first, 3, 1]], 4))).toThrow(refusal("damaged", "more"));
  });

  it("are refused or fit, whatever was changed in them", () => {
    let state = 7;
    const below = (limit: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    const memory = new Uint8Array(frame.maxMemoryBytes);
    const imageHashEnd = 48;
    const recordsEnd = headBytes + 24;
    let fitting = 0;
    for (let round = 0; round < 5_000; round++) {
      const bytes = good.slice();
      for (let i = below(3); i >= 0; i--) {
        bytes[imageHashEnd + below(recordsEnd - imageHashEnd)] = below(2) === 0 ? below(256) : 1 << below(8);
      }
      try {
        writeBlocks(parseDelta(bytes, frame), memory);
        fitting++;
      } catch (error) {
        expect(error).toEqual(expect.objectContaining({ name: "DeltaError" }));
      }
    }
    expect(fitting).toBeGreaterThan(100);
    expect(fitting).toBeLessThan(4_900);
    expect(memory.subarray(0, frame.stackPointer).every((byte) => byte === 0)).toBe(true);
  });

  it("cannot name tables, times or descriptors that cannot be", () => {
    expect(() => parseDelta(delta([], 0, { tables: [2] }), frame)).toThrow(refusal("damaged", "table"));
    expect(() => parseDelta(delta([], 0, { tables: [31] }), frame)).toThrow(refusal("damaged", "table"));
    for (const at of [56, 64]) {
      const bytes = delta([], 0);
      new DataView(bytes.buffer).setBigUint64(at, 2n ** 62n + 1n, true);
      expect(parsing(bytes)).toThrow(refusal("damaged", "time"));
    }
    for (const fd of [0, 3]) {
      const bytes = delta([], 0, { carried: { ...nothingCarried, lost: [fd] } });
      expect(parsing(bytes)).toThrow(refusal("damaged", "descriptor"));
    }
  });
});
