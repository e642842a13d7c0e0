/** What a session left: as the runtime reads it, and as it comes back from wherever it was kept. */

import {
  type Delta,
  type DeltaFrame,
  encodeHead,
  headBytes,
  parseDelta,
  writeBlocks,
} from "../../../packages/python-runtime/src/delta/delta.js";
import { DeltaError } from "../../../packages/python-runtime/src/delta/delta-error.js";
import { openDelta, sealDelta } from "../../../packages/python-runtime/src/platform/sealing.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

const reaches = /\/packages\/python-runtime\/src\/(delta|platform)\//;
const imageHash = "ab".repeat(32);
const page = 4_096;

const frame: DeltaFrame = {
  imageHash,
  memoryBytes: 2 * 65_536,
  maxMemoryBytes: 4 * 65_536,
  stackPointer: 3 * page + 160,
  tables: [
    { start: 6 * page, end: 8 * page },
    { start: 20 * page, end: 21 * page },
  ],
};

/** As one is made, of a few pages. */
function delta(blocksByPage: Readonly<Record<number, bigint>>, memoryBytes = frame.memoryBytes): Uint8Array {
  const records = Object.entries(blocksByPage);
  const blocks = records.reduce((sum, [, set]) => sum + set.toString(2).replaceAll("0", "").length, 0);
  const bytes = new Uint8Array(headBytes + records.length * 12 + blocks * 64).fill(7, headBytes);
  const carried = { uptimeNs: 5n, cpuNs: 3n, lost: [4, 9] };
  encodeHead(bytes, { imageHash, memoryBytes, tables: [0], carried }, records.length);
  const view = new DataView(bytes.buffer);
  records.forEach(([at, set], index) => {
    view.setUint32(headBytes + index * 12, Number(at) * page, true);
    view.setBigUint64(headBytes + index * 12 + 4, set, true);
  });
  return bytes;
}

const seeds = [
  delta({}),
  delta({ 3: 1n, 4: 2n ** 64n - 1n, 10: 0b1011n }),
  delta({ 8: 1n << 63n, 40: 0xf0n }, frame.maxMemoryBytes),
];
const words = [
  "wf-delta",
  "wf-sleep",
  Uint8Array.from({ length: 32 }, () => 0xab),
  new Uint8Array(64),
  new Uint8Array(12),
];

export const deltaTarget = bytesTarget({
  name: "delta",
  about:
    "Bytes are a delta that writes inside of the guest's memory, outside of what it must leave alone, or a DeltaError.",
  reaches,
  words,
  seeds: () => seeds,
  open: async () => {
    const memory = new Uint8Array(frame.maxMemoryBytes + page);
    return {
      check(input) {
        const found = orDeltaError(() => parseDelta(input, frame));
        if (found === undefined) return;
        checkWrites(found, memory);
      },
      close() {},
    };
  },
});

function checkWrites(found: Delta, memory: Uint8Array): void {
  const { memoryBytes, carried } = found;
  assert(
    memoryBytes >= frame.memoryBytes && memoryBytes <= frame.maxMemoryBytes,
    "it has an impossible memory",
  );
  assert(
    carried.lost.every((fd) => fd >= 4 && fd < 128),
    "it has lost what cannot be lost",
  );
  const untouched = [
    { start: 0, end: frame.stackPointer - (frame.stackPointer % page) },
    ...frame.tables,
    { start: memoryBytes, end: memory.length },
  ];
  const [before, after] = [0x55, 0xaa].map((filling) => {
    memory.fill(filling);
    writeBlocks(found, memory);
    return untouched.every(({ start, end }) => memory.subarray(start, end).every((byte) => byte === filling));
  });
  assert(before === true && after === true, "it writes to where it must not");
}

const key = new Uint8Array(32).fill(9);
const owner = "ann";

export const sealedDeltaTarget = bytesTarget({
  name: "sealed-delta",
  about:
    "A sealed delta opens only as it was sealed, for its owner, key and image; everything else is a DeltaError.",
  reaches,
  words: [...words, owner],
  seeds: async () => [
    ...(await Promise.all(seeds.map((bytes) => sealDelta(bytes, { owner, key })))),
    await sealDelta(seeds[1] ?? new Uint8Array(), { owner }),
    await sealDelta(seeds[1] ?? new Uint8Array(), { owner: "", key }),
  ],
  open: async () => ({
    async check(input) {
      const opened = await openDelta(input, { owner, key, imageHash }).catch(onlyDeltaError);
      if (opened === undefined) return;
      const isOurs = seeds.some((seed) => Buffer.from(seed).equals(opened));
      assert(isOurs, "what nobody sealed with this key was opened");
      assert(
        Buffer.from(await sealDelta(opened, { owner, key })).equals(input),
        "two sealed deltas are the same one",
      );
    },
    close() {},
  }),
});

function orDeltaError<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return onlyDeltaError(error);
  }
}

function onlyDeltaError(error: unknown): undefined {
  if (!(error instanceof DeltaError)) throw error;
  assert(error.message.length < 300, "an error is as long as its input likes");
}
