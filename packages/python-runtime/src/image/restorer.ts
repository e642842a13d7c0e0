/**
 * A snapshot as a WebAssembly module: it imports a guest's memory and makes it what it was, or says where it is not.
 *
 * Its bytes are passive data segments. So they are in a process once, however many threads use the module; the
 * copying is the engine's own; and one file serves Node and browsers. It looks before it clears: reading memory that was
 * never touched costs nothing, writing zeros to it would make it resident.
 */
import { changedBlocksCode, compareCode, loadPageCode } from "./comparison-code.js";
import { type Extent, pageBytes } from "./memory-image.js";
import {
  byteString,
  concat,
  fn,
  functionType,
  i32,
  i64,
  name,
  op,
  section,
  unsigned,
  vector,
} from "./wasm-encoding.js";

export interface Restorer {
  /** Writes the snapshot into a memory that is empty. */
  write(): void;
  /** Writes the snapshot and clears everything else. */
  restore(): void;
  /**
   * Compares pages with the snapshot: both addresses are multiples of 4096, not below `comparisonRoomBytes`, and no
   * more than `comparableBytes` apart. Leaves a record of each page that differs, from `recordsAt` to the address that
   * it returns, and overwrites the memory below it.
   */
  compare(start: number, end: number): number;
}

export function instantiateRestorer(module: WebAssembly.Module, memory: WebAssembly.Memory): Restorer {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Restorer;
}

export function encodeRestorer(snapshot: readonly Extent[]): Uint8Array<ArrayBuffer> {
  const code = [
    hasContentsCode,
    clearCode,
    writeCode(snapshot),
    restoreCode(snapshot),
    loadPageCode(snapshot),
    changedBlocksCode(functionIndex.loadPage),
    compareCode(functionIndex.changedBlocks),
  ];
  const exported = (["write", "restore", "compare"] as const).map((as) =>
    concat([name(as), Uint8Array.of(0x00), unsigned(functionIndex[as])]),
  );
  return concat([
    Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00),
    section(1, vector(types)),
    section(2, vector([concat([name("env"), name("memory"), Uint8Array.of(0x02, 0x00), unsigned(0)])])),
    section(3, vector(types.map((_, index) => unsigned(index)))),
    section(7, vector(exported)),
    section(12, unsigned(snapshot.length)),
    section(10, vector(code)),
    section(11, vector(snapshot.map(({ bytes }) => concat([Uint8Array.of(0x01), byteString(bytes)])))),
  ]);
}

const functionIndex = {
  hasContents: 0,
  clear: 1,
  write: 2,
  restore: 3,
  loadPage: 4,
  changedBlocks: 5,
  compare: 6,
};
/** Of each function, in the same order. */
const types = [
  functionType([i32], [i32]),
  functionType([i32, i32], []),
  functionType([], []),
  functionType([], []),
  functionType([i32], []),
  functionType([i32], [i64]),
  functionType([i32, i32], [i32]),
];

const vectorBytes = 16;
const unrolled = 8;

/** Whether the page at an address holds anything but zeros. */
const hasContentsCode = fn(
  [i32],
  op.get(0),
  op.constant(pageBytes),
  op.add,
  op.set(1),
  op.loop,
  ...Array.from({ length: unrolled }, (_, index) =>
    concat([op.get(0), op.loadVector(index * vectorBytes), index > 0 ? op.orVector : op.none]),
  ),
  op.anyTrue,
  op.if,
  op.constant(1),
  op.return,
  op.end,
  op.get(0),
  op.constant(unrolled * vectorBytes),
  op.add,
  op.tee(0),
  op.get(1),
  op.notEqual,
  op.branchIf(0),
  op.end,
  op.constant(0),
);

const clearCode = fn(
  [],
  op.block,
  op.loop,
  op.get(0),
  op.get(1),
  op.atLeast,
  op.branchIf(1),
  op.get(0),
  op.call(functionIndex.hasContents),
  op.if,
  op.get(0),
  op.constant(0),
  op.constant(pageBytes),
  op.memoryFill,
  op.end,
  op.get(0),
  op.constant(pageBytes),
  op.add,
  op.set(0),
  op.branch(0),
  op.end,
  op.end,
);

function writeCode(snapshot: readonly Extent[]): Uint8Array {
  return fn([], ...snapshot.map(({ offset, bytes }, segment) => copy(segment, offset, bytes.length)));
}

function restoreCode(snapshot: readonly Extent[]): Uint8Array {
  let at = 0;
  const gaps = snapshot.flatMap(({ offset, bytes }) => {
    const gap = offset > at ? [op.constant(at), op.constant(offset), op.call(functionIndex.clear)] : [];
    at = offset + bytes.length;
    return gap;
  });
  const memoryEnd = [op.memorySize, op.constant(65_536), op.multiply];
  const rest = [op.constant(at), ...memoryEnd, op.call(functionIndex.clear)];
  return fn([], ...gaps, ...rest, op.call(functionIndex.write));
}

function copy(segment: number, offset: number, length: number): Uint8Array {
  return concat([op.constant(offset), op.constant(0), op.constant(length), op.memoryInit(segment)]);
}
