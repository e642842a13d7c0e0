/**
 * What a memory differs in from its snapshot: code for the restorer's module, which alone has the snapshot.
 *
 * For its own needs it writes to the bottom of the memory it looks at. That is the guest's stack, where nothing lies
 * as long as no guest code runs. First comes a page of the snapshot, then the records that it leaves for its caller.
 */
import { type Extent, pageBytes } from "./memory-image.js";
import { fn, i32, i64, op } from "./wasm-encoding.js";

/**
 * A page has 64 of them, so one number says which have changed. A counted reference changes four bytes in a block of its
 * own: pages of 4 KB would make a typical delta six times larger, blocks of 16 bytes a fifth smaller.
 */
export const blockBytes = pageBytes / 64;
/** A page's address, then a bit for each of its blocks, the lowest for the first. */
export const recordBytes = 12;
export const recordsAt = pageBytes;
/** So much can be compared at once: the records of all its pages still have room. */
export const comparableBytes = 64 << 20;
export const comparisonRoomBytes = recordsAt + (comparableBytes / pageBytes) * recordBytes;

const vectorBytes = 16;

/** (page's address): copies what the snapshot has there to address 0. */
export function loadPageCode(snapshot: readonly Extent[]): Uint8Array {
  const extents = snapshot.flatMap(({ offset, bytes }, segment) => {
    const placeInExtent = [op.get(0), op.constant(offset), op.subtract];
    return [
      ...placeInExtent,
      op.constant(bytes.length),
      op.less,
      op.if,
      op.constant(0),
      ...placeInExtent,
      op.constant(pageBytes),
      op.memoryInit(segment),
      op.return,
      op.end,
    ];
  });
  return fn([], ...extents, op.constant(0), op.constant(0), op.constant(pageBytes), op.memoryFill);
}

/** (page's address) -> the bits of its record. */
export function changedBlocksCode(loadPage: number): Uint8Array {
  const [address, place, bits, block] = [0, 1, 2, 3];
  const differs = Array.from({ length: blockBytes / vectorBytes }, (_, index) => [
    op.get(address),
    op.loadVector(index * vectorBytes),
    op.get(place),
    op.loadVector(index * vectorBytes),
    op.xorVector,
    index > 0 ? op.orVector : op.none,
  ]);
  return fn(
    [i32, i64, i64],
    op.get(address),
    op.call(loadPage),
    op.loop,
    ...differs.flat(),
    op.anyTrue,
    op.toLong,
    op.get(block),
    op.shiftLong,
    op.get(bits),
    op.orLong,
    op.set(bits),
    op.get(block),
    op.longConstant(1),
    op.addLong,
    op.set(block),
    op.get(address),
    op.constant(blockBytes),
    op.add,
    op.set(address),
    op.get(place),
    op.constant(blockBytes),
    op.add,
    op.tee(place),
    op.constant(pageBytes),
    op.notEqual,
    op.branchIf(0),
    op.end,
    op.get(bits),
  );
}

/** (start, end) -> where the records end. */
export function compareCode(changedBlocks: number): Uint8Array {
  const [page, end, record, bits] = [0, 1, 2, 3];
  return fn(
    [i32, i64],
    op.constant(recordsAt),
    op.set(record),
    op.block,
    op.loop,
    op.get(page),
    op.get(end),
    op.atLeast,
    op.branchIf(1),
    op.block,
    op.get(page),
    op.call(changedBlocks),
    op.tee(bits),
    op.isLongZero,
    op.branchIf(0),
    op.get(record),
    op.get(page),
    op.store(0),
    op.get(record),
    op.get(bits),
    op.storeLong(4),
    op.get(record),
    op.constant(recordBytes),
    op.add,
    op.set(record),
    op.end,
    op.get(page),
    op.constant(pageBytes),
    op.add,
    op.set(page),
    op.branch(0),
    op.end,
    op.end,
    op.get(record),
  );
}
