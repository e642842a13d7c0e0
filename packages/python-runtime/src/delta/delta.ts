/**
 * What of a guest is not as its image has it, as bytes.
 *
 *   a head of 88 bytes   see `encodeHead`
 *   records              of the pages that differ, in order: address, and which of the page's 64 blocks follow
 *   blocks               of all these pages, in order
 *
 * All numbers are little endian. Whoever reads one may have it from an enemy: nothing is believed, and nothing written
 * or allocated, before everything was looked at. What the blocks contain is not looked at: it is guest memory, which a
 * guest could have written itself.
 */
import { blockBytes, recordBytes } from "../image/comparison-code.js";
import { pageBytes, type Range, wasmPageBytes } from "../image/memory-image.js";
import { type Carried, STANDARD_DESCRIPTORS } from "../wasi/index.js";
import { type BlockSet, countBlocks, forEachRun } from "./blocks.js";
import { DeltaError } from "./delta-error.js";

export interface DeltaHead {
  /** In hexadecimal. */
  readonly imageHash: string;
  /** What the guest takes its memory's size for, at least. */
  readonly memoryBytes: number;
  /** Which deferred tables are in their places. */
  readonly tables: readonly number[];
  readonly carried: Carried;
}

export interface Delta extends DeltaHead {
  readonly records: Uint8Array;
  readonly blocks: Uint8Array;
}

/** What a delta must fit. */
export interface DeltaFrame {
  readonly imageHash: string;
  /** Of the image, and the most that an instance may have. */
  readonly memoryBytes: number;
  readonly maxMemoryBytes: number;
  /** What lies below it is no part of a delta. */
  readonly stackPointer: number;
  /** Neither are these. */
  readonly tables: readonly Range[];
}

export const headBytes = 88;
const magic = new TextEncoder().encode("wf-delta");
const version = 1;
const at = { version: 8, records: 12, imageHash: 16, memory: 48, tables: 52, uptime: 56, cpu: 64, lost: 72 };
const hashBytes = 32;
const mb = 1 << 20;
/** 146 years, which a guest can sleep through where its clock is fixed. The clock can go on from there. */
const mostNs = 1n << 62n;

export function encodeHead(into: Uint8Array, head: DeltaHead, recordCount: number): void {
  const view = viewOf(into);
  into.set(magic);
  view.setUint32(at.version, version, true);
  view.setUint32(at.records, recordCount, true);
  for (let i = 0; i < hashBytes; i++) {
    into[at.imageHash + i] = Number.parseInt(head.imageHash.slice(i * 2, i * 2 + 2), 16);
  }
  view.setUint32(at.memory, head.memoryBytes, true);
  setBits(into.subarray(at.tables, at.uptime), head.tables);
  view.setBigUint64(at.uptime, atMost(mostNs, head.carried.uptimeNs), true);
  view.setBigUint64(at.cpu, atMost(mostNs, head.carried.cpuNs), true);
  setBits(into.subarray(at.lost, headBytes), head.carried.lost);
}

/** In hexadecimal. Throws a `DeltaError` for bytes that do not even begin as a delta. */
export function imageHashOf(bytes: Uint8Array): string {
  if (bytes.length < headBytes || magic.some((byte, i) => bytes[i] !== byte))
    throw damaged("is none, or cut off");
  if (viewOf(bytes).getUint32(at.version, true) !== version) {
    throw new DeltaError("version", "was written by another version of this package");
  }
  const hash = bytes.subarray(at.imageHash, at.imageHash + hashBytes);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Throws a `DeltaError` for everything that `takeDelta` could not have written. Its parts are views of `bytes`. */
export function parseDelta(bytes: Uint8Array, frame: DeltaFrame): Delta {
  const imageHash = imageHashOf(bytes);
  if (imageHash !== frame.imageHash) throw new DeltaError("foreign_image", "was made with another image");
  const view = viewOf(bytes);
  const recordsEnd = headBytes + view.getUint32(at.records, true) * recordBytes;
  if (recordsEnd > bytes.length) throw damaged("is cut off");
  const delta = {
    imageHash,
    memoryBytes: view.getUint32(at.memory, true),
    tables: readBits(bytes.subarray(at.tables, at.uptime)),
    carried: {
      uptimeNs: view.getBigUint64(at.uptime, true),
      cpuNs: view.getBigUint64(at.cpu, true),
      lost: readBits(bytes.subarray(at.lost, headBytes)),
    },
    records: bytes.subarray(headBytes, recordsEnd),
    blocks: bytes.subarray(recordsEnd),
  };
  checkHead(delta, frame);
  checkRecords(delta, frame);
  return delta;
}

/** Writes the blocks to where they belong. */
export function writeBlocks(
  { records, blocks }: Pick<Delta, "records" | "blocks">,
  memory: Uint8Array,
): void {
  let from = 0;
  forEachRecord(records, (page, changed) =>
    forEachRun(changed, (start, end) => {
      const length = (end - start) * blockBytes;
      memory.set(blocks.subarray(from, from + length), page + start * blockBytes);
      from += length;
    }),
  );
}

export function forEachRecord(records: Uint8Array, visit: (page: number, changed: BlockSet) => void): void {
  const view = viewOf(records);
  for (let record = 0; record < records.length; record += recordBytes) {
    const low = view.getUint32(record + 4, true);
    const high = view.getUint32(record + 8, true);
    visit(view.getUint32(record, true), { low, high });
  }
}

export function countAllBlocks(records: Uint8Array): number {
  let count = 0;
  forEachRecord(records, (_page, changed) => {
    count += countBlocks(changed);
  });
  return count;
}

function checkHead({ memoryBytes, tables, carried }: DeltaHead, frame: DeltaFrame): void {
  if (memoryBytes % wasmPageBytes !== 0 || memoryBytes < frame.memoryBytes) {
    throw damaged("names a size that no memory has");
  }
  if (memoryBytes > frame.maxMemoryBytes) {
    throw new DeltaError(
      "too_large",
      `needs ${Math.ceil(memoryBytes / mb)} MB of memory, and this instance may have ${Math.floor(frame.maxMemoryBytes / mb)}`,
    );
  }
  if (tables.some((table) => table >= frame.tables.length))
    throw damaged("names a table that the image does not have");
  if (carried.uptimeNs > mostNs || carried.cpuNs > mostNs) throw damaged("names a time that has not come");
  if (carried.lost.some((fd) => fd < STANDARD_DESCRIPTORS))
    throw damaged("names a descriptor that is never lost");
}

function checkRecords({ records, blocks, memoryBytes }: Delta, { stackPointer, tables }: DeltaFrame): void {
  let least = pageOf(stackPointer);
  let room = blocks.length;
  forEachRecord(records, (page, changed) => {
    const isOmitted = tables.some(({ start, end }) => page >= start && page < end);
    if (page % pageBytes !== 0 || page < least || page >= memoryBytes || isOmitted) {
      throw damaged("names a page out of order, twice, or where none can be");
    }
    const count = countBlocks(changed);
    if (count === 0) throw damaged("names a page of which nothing follows");
    least = page + pageBytes;
    room -= count * blockBytes;
  });
  if (room !== 0) throw damaged(room < 0 ? "is cut off" : "has more than it says");
}

export function pageOf(address: number): number {
  return address - (address % pageBytes);
}

function atMost(most: bigint, value: bigint): bigint {
  return value < most ? value : most;
}

function setBits(into: Uint8Array, numbers: readonly number[]): void {
  for (const number of numbers) into[number >>> 3] = (into[number >>> 3] ?? 0) | (1 << (number & 7));
}

function readBits(bytes: Uint8Array): readonly number[] {
  const numbers: number[] = [];
  for (let number = 0; number < bytes.length * 8; number++) {
    if (((bytes[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0) numbers.push(number);
  }
  return numbers;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(problem: string): DeltaError {
  return new DeltaError("damaged", problem);
}
