import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Platform } from "./platform.js";

const zeros = Buffer.alloc(65_536);
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

export const node: Platform = {
  powers: {
    randomBytes,
    now: () => BigInt(Date.now()) * 1_000_000n,
    monotonic: () => process.hrtime.bigint(),
    sleep: (milliseconds) => void Atomics.wait(nobodyWakes, 0, 0, milliseconds),
  },

  async readFile(location) {
    try {
      const file = await readFile(location);
      return new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, file.byteLength);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  },

  sha256: async (bytes) => createHash("sha256").update(bytes).digest("hex"),

  // Reading memory that was never written costs no memory; writing zeros to it would.
  clear(range) {
    for (let at = 0; at < range.length; at += zeros.length) {
      const part = range.subarray(at, at + zeros.length);
      if (Buffer.compare(part, zeros.subarray(0, part.length)) !== 0) part.fill(0);
    }
  },
};
