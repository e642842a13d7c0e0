/**
 * Audit records in a file, one line each.
 *
 * It only ever appends. Each batch is on the disk before the next one is begun (`fdatasync`), unless that is switched
 * off. Opening it goes on with the chain of the file that is there; a last line that was cut off by a crash is removed,
 * and the next record says that one is missing. One writer at a time: another one is noticed, not locked out.
 */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { openLine } from "../audit-line.js";
import type { AuditPosition, AuditSink } from "../audit-sink.js";

export interface JsonLinesFileOptions {
  /** `never` leaves it to the operating system when lines reach the disk. @default "batch" */
  readonly sync?: "batch" | "never";
}

const { O_APPEND, O_CREAT, O_RDWR } = constants;
const newline = 0x0a;
const lineBegin = new TextEncoder().encode('{"hash":"');
const chunkBytes = 64 * 1024;
/** More than a record ever has, its content included. */
const maxLineBytes = 256 * 1024 * 1024;

/** A sink that appends to a file, and continues the chain of one that is there. For one Forge at a time. */
export function jsonLinesFile(path: string, { sync = "batch" }: JsonLinesFileOptions = {}): AuditSink {
  let file: FileHandle | undefined;
  let size = 0;
  /** What may be there beyond `size`, or a part of it. */
  let failed: Uint8Array | undefined;

  return {
    async open() {
      if (file) throw new Error(`${path} is open already: use one sink for one Forge`);
      file = await open(path, O_APPEND | O_CREAT | O_RDWR, 0o600);
      try {
        const found = await findEnd(file, path);
        size = found.size;
        return found.position;
      } catch (error) {
        await file.close();
        file = undefined;
        throw error;
      }
    },

    async write(lines) {
      if (!file) throw new Error(`${path} is not open`);
      // All or nothing: what a failed write left would be there twice after the next one.
      if (failed && (await isLeftOf(failed, file, size))) await file.truncate(size);
      const found = (await file.stat()).size;
      if (found !== size) {
        throw new Error(
          `${path} has ${found} bytes instead of ${size}: something else writes to it. Give each Forge its own file`,
        );
      }
      const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
      failed = bytes;
      await file.appendFile(bytes);
      if (sync === "batch") await file.datasync();
      failed = undefined;
      size += bytes.length;
    },

    async close() {
      const closing = file;
      file = undefined;
      if (!closing) return;
      try {
        await closing.sync();
      } finally {
        await closing.close();
      }
    },
  };
}

/** Whether all that is in the file beyond `size` is the beginning of these bytes, and nobody else's. */
async function isLeftOf(bytes: Uint8Array, file: FileHandle, size: number): Promise<boolean> {
  const left = await read(file, size, bytes.length + 1);
  return left.length <= bytes.length && left.every((byte, at) => byte === bytes[at]);
}

async function findEnd(
  file: FileHandle,
  path: string,
): Promise<{ readonly size: number; readonly position: AuditPosition }> {
  const found = (await file.stat()).size;
  const size = await startOfLine(file, found);
  const missing = size < found ? 1 : 0;
  const lastHash = size === 0 ? undefined : await lastHashOf(file, size, path);
  if (missing) {
    if (lastHash === undefined) await requireBegunLine(file, found, path);
    // Only now is it known that the file is ours.
    await file.truncate(size);
  }
  return { size, position: { missing, ...(lastHash !== undefined && { lastHash }) } };
}

async function lastHashOf(file: FileHandle, size: number, path: string): Promise<string> {
  const start = await startOfLine(file, size - 1);
  const line = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    await read(file, start, size - 1 - start),
  );
  const opened = openLine(line);
  if ("problem" in opened) throw notOurs(path, opened.problem);
  return opened.hash;
}

/** Of a first line that was never finished there is the beginning of one; or nothing, where its room was all that was made. */
async function requireBegunLine(file: FileHandle, found: number, path: string): Promise<void> {
  const begun = await read(file, 0, Math.min(found, lineBegin.length));
  const isBegun = begun.every((byte, at) => byte === lineBegin[at]);
  if (!isBegun && begun.some((byte) => byte !== 0)) throw notOurs(path, "is not a record of this version");
}

function notOurs(path: string, problem: string): Error {
  return new Error(
    `the last line of ${path} ${problem}. Keep the file for whoever looks into it, and name another`,
  );
}

/** Where the line begins that ends at, or goes on beyond, `end`. */
async function startOfLine(file: FileHandle, end: number): Promise<number> {
  let at = end;
  while (at > 0) {
    if (end - at > maxLineBytes) throw new Error("the last line of the file is too long to be a record");
    const length = Math.min(chunkBytes, at);
    at -= length;
    const found = (await read(file, at, length)).lastIndexOf(newline);
    if (found !== -1) return at + found + 1;
  }
  return 0;
}

async function read(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}
