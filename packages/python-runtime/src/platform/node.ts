import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import type { Platform } from "./platform.js";

/** Not imported: loading it takes milliseconds, in which an engine can already be compiling. */
const crypto = () => process.getBuiltinModule("node:crypto");

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/** Asking the system costs several microseconds each time, and most requests are for a few bytes. */
const pool = { bytes: new Uint8Array(8192), at: 8192 };

function pooledRandomBytes(length: number): Uint8Array {
  if (length > pool.bytes.length / 8) return crypto().randomBytes(length);
  if (pool.at + length > pool.bytes.length) {
    crypto().randomFillSync(pool.bytes);
    pool.at = 0;
  }
  const given = pool.bytes.slice(pool.at, pool.at + length);
  // Nobody who reads this memory later learns what a run was given.
  pool.bytes.fill(0, pool.at, pool.at + length);
  pool.at += length;
  return given;
}

export const node: Platform = {
  powers: {
    randomBytes: pooledRandomBytes,
    now: () => BigInt(Date.now()) * 1_000_000n,
    // The clock that a run's deadline is told on.
    monotonic: () => BigInt(Math.round(performance.now() * 1e6)),
    sleep: (milliseconds) => void Atomics.wait(nobodyWakes, 0, 0, milliseconds),
  },

  readFile: async (location, room) => readFile(location, room),
  turn: () => new Promise((resolve) => void setImmediate(resolve)),
  sha256: async (bytes) => sha256(bytes),
  hmacSha256: async (key, bytes) => crypto().createHmac("sha256", key).update(bytes).digest("hex"),
  now: { readFile, sha256 },
};

function readFile(location: URL, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  try {
    return room ? readInto(room, location) : asBytes(readFileSync(location));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function readInto(room: Uint8Array<ArrayBuffer>, location: URL): Uint8Array<ArrayBuffer> {
  const file = openSync(location, "r");
  try {
    if (fstatSync(file).size > room.length) return asBytes(readFileSync(file));
    let length = 0;
    for (let read = -1; read !== 0 && length < room.length; length += read) {
      read = readSync(file, room, length, room.length - length, null);
    }
    return room.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function asBytes(file: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength);
}

function sha256(bytes: Uint8Array<ArrayBuffer>): string {
  return crypto().createHash("sha256").update(bytes).digest("hex");
}
