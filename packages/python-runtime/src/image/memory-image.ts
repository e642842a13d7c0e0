/**
 * The contents of a linear memory, without its zeros.
 *
 * On disk: the number of extents, then offset and length of each, then their bytes; all numbers are 32-bit little
 * endian. Extents are in order, do not touch, and begin and end at pages of 4 KB.
 */

export interface Extent {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

export const pageBytes = 4096;
/** The unit in which WebAssembly counts memory. */
export const wasmPageBytes = 65_536;
/** A shorter run of zeros is copied along: a second copy would cost more. */
const shortestGap = 2 * pageBytes;

/** Every page that holds anything, but none in `omit`, whose ranges must begin and end at pages. */
export function captureMemory(memory: Uint8Array, omit: readonly Range[] = []): Extent[] {
  const words = new BigUint64Array(memory.buffer, memory.byteOffset, memory.byteLength / 8);
  const isOmitted = (offset: number) => omit.some(({ start, end }) => offset >= start && offset < end);
  const extents: Extent[] = [];
  let start = -1;
  let end = -1;
  const finish = () => {
    if (start >= 0) extents.push({ offset: start, bytes: memory.slice(start, end) });
    start = -1;
  };
  for (let page = 0; page < memory.byteLength; page += pageBytes) {
    if (isOmitted(page)) finish();
    else if (hasContents(words, page)) {
      if (start >= 0 && page - end > shortestGap) finish();
      if (start < 0) start = page;
      end = page + pageBytes;
    }
  }
  finish();
  return extents;
}

function hasContents(words: BigUint64Array, page: number): boolean {
  for (let i = page / 8; i < (page + pageBytes) / 8; i++) if (words[i] !== 0n) return true;
  return false;
}

export function encodeMemoryImage(extents: readonly Extent[]): Uint8Array<ArrayBuffer> {
  const header = 4 + extents.length * 8;
  const total = extents.reduce((sum, { bytes }) => sum + bytes.length, header);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  view.setUint32(0, extents.length, true);
  let at = header;
  extents.forEach(({ offset, bytes }, index) => {
    view.setUint32(4 + index * 8, offset, true);
    view.setUint32(8 + index * 8, bytes.length, true);
    file.set(bytes, at);
    at += bytes.length;
  });
  return file;
}

/** The extents are views of `file`. Throws if they could not lie in a memory of `memoryBytes`. */
export function parseMemoryImage(file: Uint8Array, memoryBytes: number): Extent[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const malformed = () => new RangeError("malformed memory image");
  if (file.byteLength < 4) throw malformed();
  const count = view.getUint32(0, true);
  let at = 4 + count * 8;
  if (at > file.byteLength) throw malformed();
  let end = 0;
  const extents: Extent[] = [];
  for (let index = 0; index < count; index++) {
    const offset = view.getUint32(4 + index * 8, true);
    const length = view.getUint32(8 + index * 8, true);
    if (offset < end || offset + length > memoryBytes || at + length > file.byteLength) throw malformed();
    extents.push({ offset, bytes: file.subarray(at, at + length) });
    end = offset + length;
    at += length;
  }
  if (at !== file.byteLength) throw malformed();
  return extents;
}

export function writeExtents(memory: Uint8Array, extents: readonly Extent[]): void {
  for (const { offset, bytes } of extents) memory.set(bytes, offset);
}
