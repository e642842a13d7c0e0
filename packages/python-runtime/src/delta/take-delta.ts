import {
  blockBytes,
  comparableBytes,
  comparisonRoomBytes,
  recordBytes,
  recordsAt,
} from "../image/comparison-code.js";
import { ImageError } from "../image/image-error.js";
import { wasmPageBytes } from "../image/memory-image.js";
import type { Restorer } from "../image/restorer.js";
import { concat } from "../image/wasm-encoding.js";
import type { Checkpoint } from "../port.js";
import { forEachRun } from "./blocks.js";
import {
  countAllBlocks,
  type DeltaFrame,
  type DeltaHead,
  encodeHead,
  forEachRecord,
  headBytes,
  pageOf,
} from "./delta.js";

export interface TakeDeltaOptions {
  readonly frame: DeltaFrame;
  readonly restorer: Restorer;
  /** All of the guest's memory, in which no guest code runs. */
  readonly memory: Uint8Array;
  /** What the guest says that it uses. */
  readonly heapEnd: number;
  readonly tables: DeltaHead["tables"];
  readonly carried: DeltaHead["carried"];
  readonly maxBytes: number;
}

/** Before the size is known to be allowed, only the records are copied: a three-hundredth of the memory at most. */
export function takeDelta(options: TakeDeltaOptions): Checkpoint {
  const { frame, restorer, memory, heapEnd, maxBytes } = options;
  const records = findRecords(frame, restorer, memory);
  const bytes = headBytes + records.length + countAllBlocks(records) * blockBytes;
  if (bytes > maxBytes) return { kind: "too_large", bytes };

  const delta = new Uint8Array(bytes);
  const memoryBytes = Math.min(memory.length, Math.max(frame.memoryBytes, usedBytes(records, heapEnd)));
  const { tables, carried } = options;
  const head = { imageHash: frame.imageHash, memoryBytes, tables, carried };
  encodeHead(delta, head, records.length / recordBytes);
  delta.set(records, headBytes);
  let to = headBytes + records.length;
  forEachRecord(records, (page, changed) =>
    forEachRun(changed, (start, end) => {
      delta.set(memory.subarray(page + start * blockBytes, page + end * blockBytes), to);
      to += (end - start) * blockBytes;
    }),
  );
  return { kind: "taken", delta };
}

/** Everything above the dead stack but the tables, whose contents the image has. */
function findRecords(
  { stackPointer, tables }: DeltaFrame,
  restorer: Restorer,
  memory: Uint8Array,
): Uint8Array {
  if (stackPointer < comparisonRoomBytes) {
    throw new ImageError("unsupported", "manifest.json", "leaves too little stack for checkpoints");
  }
  const found: Uint8Array[] = [];
  let from = pageOf(stackPointer);
  const omitted = [...tables].sort((one, other) => one.start - other.start);
  for (const { start, end } of [...omitted, { start: memory.length, end: memory.length }]) {
    while (from < start) {
      const to = Math.min(start, from + comparableBytes);
      const recordsEnd = restorer.compare(from, to);
      found.push(memory.slice(recordsAt, recordsEnd));
      from = to;
    }
    from = Math.max(from, end);
  }
  memory.fill(0, 0, comparisonRoomBytes);
  return concat(found);
}

/** Not the size of the memory, which may have grown in a run long before. */
function usedBytes(records: Uint8Array, heapEnd: number): number {
  let end = heapEnd;
  forEachRecord(records, (page) => {
    end = Math.max(end, page + 1);
  });
  return Math.ceil(end / wasmPageBytes) * wasmPageBytes;
}
