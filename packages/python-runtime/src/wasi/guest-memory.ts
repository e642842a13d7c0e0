import { Errno } from "./errno.js";
import { refuse } from "./refusal.js";

/**
 * The guest's linear memory, read and written only inside its bounds.
 *
 * Pointers arrive as the signed numbers of an i32 and may be anything. The memory's buffer is asked for at every
 * access, since growing detaches the one before: a view given out is good until the guest, or anything that could
 * call into it, runs again.
 */
export class GuestMemory {
  readonly #memory: () => WebAssembly.Memory;
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);

  constructor(memory: () => WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The pointer as an offset of which `length` bytes can be used, or EFAULT. */
  check(pointer: number, length: number): number {
    const { buffer } = this.#memory();
    if (buffer !== this.#bytes.buffer) {
      this.#bytes = new Uint8Array(buffer);
      this.#view = new DataView(buffer);
    }
    const start = pointer >>> 0;
    if (!(length >= 0 && start + length <= this.#bytes.length)) throw refuse(Errno.FAULT);
    return start;
  }

  bytes(pointer: number, length: number): Uint8Array {
    const start = this.check(pointer, length);
    return this.#bytes.subarray(start, start + length);
  }

  u8(pointer: number): number {
    const offset = this.check(pointer, 1);
    return this.#view.getUint8(offset);
  }

  u16(pointer: number): number {
    const offset = this.check(pointer, 2);
    return this.#view.getUint16(offset, true);
  }

  u32(pointer: number): number {
    const offset = this.check(pointer, 4);
    return this.#view.getUint32(offset, true);
  }

  u64(pointer: number): bigint {
    const offset = this.check(pointer, 8);
    return this.#view.getBigUint64(offset, true);
  }

  setU8(pointer: number, value: number): void {
    const offset = this.check(pointer, 1);
    this.#view.setUint8(offset, value);
  }

  setU16(pointer: number, value: number): void {
    const offset = this.check(pointer, 2);
    this.#view.setUint16(offset, value, true);
  }

  setU32(pointer: number, value: number): void {
    const offset = this.check(pointer, 4);
    this.#view.setUint32(offset, value, true);
  }

  setU64(pointer: number, value: bigint): void {
    const offset = this.check(pointer, 8);
    this.#view.setBigUint64(offset, value, true);
  }
}
