import { readSync, writeSync } from "node:fs";
import type { BlockingLine } from "../seat/serve-seat.js";

/** The host has closed its end, or is no more. */
export class HostGone extends Error {
  constructor(options?: ErrorOptions) {
    super("the host has gone", options);
    this.name = "HostGone";
  }
}

const mostAtOnce = 64 * 1024;

/** A line over a descriptor that blocks. */
export function descriptorLine(descriptor: number): BlockingLine {
  const buffer = new Uint8Array(mostAtOnce);
  const attempt = (act: () => number): number => {
    try {
      return act();
    } catch (cause) {
      throw new HostGone({ cause });
    }
  };
  return {
    read() {
      const length = attempt(() => readSync(descriptor, buffer));
      if (length === 0) throw new HostGone();
      return buffer.slice(0, length);
    },
    write(parts) {
      for (const part of gathered(parts)) {
        for (let at = 0; at < part.length; ) at += attempt(() => writeSync(descriptor, part, at));
      }
    },
  };
}

/** Small parts as one: each writing is a call into the system, and wakes the host. */
function gathered(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = parts.reduce((total, part) => total + part.length, 0);
  if (parts.length === 1 || length > mostAtOnce) return parts;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return [all];
}
