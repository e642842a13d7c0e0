/**
 * What a forged guest can ask of its host, besides WASI. The C side is native/door.c and native/cold.c.
 *
 * Pointers and lengths come from the guest and may be anything: every use is checked against the memory as it is
 * now, and only what the host has decided to give is copied.
 */
import type { BlockingDoor } from "@wasmforge/bridge";
import type { GuestMemory } from "../wasi/guest-memory.js";
import { Refusal } from "../wasi/index.js";

export interface HostFunctions {
  call(op: number, opLength: number, payload: number, length: number): number;
  supply(name: number, length: number): number;
  take(into: number, capacity: number): void;
  end(report: number, length: number): void;
  page_in(table: number): void;
  abort(): never;
}

export interface HostSide {
  /** Goes into the instance's import object as `forge`. */
  readonly imports: HostFunctions;
  /** A run is over: an answer that its guest did not take is not for the next one's. */
  forget(): void;
}

export interface HostFunctionsOptions {
  readonly memory: GuestMemory;
  readonly door: BlockingDoor;
  /** What the host has for this run under a name. */
  readonly supply: (name: string) => Uint8Array | undefined;
  readonly end: (report: Uint8Array) => void;
  /** Puts a deferred table where the guest expects it. */
  readonly pageIn: (table: number) => void;
}

/** The guest called C's `abort`: it found itself in a state that it cannot go on from. */
export class GuestAborted extends Error {
  constructor() {
    super("the interpreter aborted");
    this.name = "GuestAborted";
  }
}

/** No request needs more; a guest's own memory is often larger, and its bytes are copied on the host. */
export const maxCallBytes = 32 << 20;
const maxNameBytes = 1024;
const maxReportBytes = 256 << 10;

const nothing = -1;
const tooLarge = -2;

export function createHostSide({ memory, door, supply, end, pageIn }: HostFunctionsOptions): HostSide {
  const decoder = new TextDecoder();
  let waiting: Uint8Array | undefined;

  const wait = (answer: Uint8Array | undefined): number => {
    waiting = answer;
    return answer === undefined ? nothing : answer.length;
  };
  const copy = (pointer: number, length: number) => bytesAt(memory, pointer, length >>> 0).slice();
  const text = (pointer: number, length: number) => decoder.decode(copy(pointer, length));

  const imports: HostFunctions = {
    call(op, opLength, payload, length) {
      if (opLength >>> 0 > maxNameBytes || length >>> 0 > maxCallBytes) return tooLarge;
      return wait(door(text(op, opLength), copy(payload, length)));
    },
    supply(name, length) {
      return length >>> 0 > maxNameBytes ? nothing : wait(supply(text(name, length)));
    },
    take(into, capacity) {
      const answer = waiting?.subarray(0, capacity >>> 0);
      waiting = undefined;
      if (answer) bytesAt(memory, into, answer.length).set(answer);
    },
    end(report, length) {
      end(copy(report, Math.min(length >>> 0, maxReportBytes)));
    },
    page_in: pageIn,
    abort() {
      throw new GuestAborted();
    },
  };
  return {
    imports,
    forget() {
      waiting = undefined;
    },
  };
}

/** A guest that names memory which it does not have ends as if it had used that memory itself. */
function bytesAt(memory: GuestMemory, pointer: number, length: number): Uint8Array {
  try {
    return memory.bytes(pointer, length);
  } catch (error) {
    throw error instanceof Refusal ? new WebAssembly.RuntimeError("memory access out of bounds") : error;
  }
}
