import { ALL_RIGHTS, ALL_TIME_FLAGS, type FileStat, TimeFlag } from "../abi.js";
import type { Rights } from "../descriptors/descriptor.js";
import { Errno } from "../errno.js";
import type { GuestMemory } from "../guest-memory.js";
import { refuse } from "../refusal.js";
import { MAX_PATH_BYTES } from "../tree/names.js";
import type { TimeChange } from "../tree/node.js";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function readPath(memory: GuestMemory, pointer: number, length: number): string {
  const size = length >>> 0;
  if (size > MAX_PATH_BYTES) throw refuse(Errno.NAMETOOLONG);
  const bytes = memory.bytes(pointer, size);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    // Not UTF-8. Anything else, as a spent stack, is not an answer.
    if (error instanceof TypeError) throw refuse(Errno.ILSEQ);
    throw error;
  }
}

export function toU64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** For rights that are asked for: unknown ones apply to nothing. */
export function toRights(base: bigint, inheriting: bigint): Rights {
  return { base: Number(BigInt.asUintN(30, base)), inheriting: Number(BigInt.asUintN(30, inheriting)) };
}

export function hasUnknownRights(rights: bigint): boolean {
  return toU64(rights) > BigInt(ALL_RIGHTS);
}

export function toTimeChange(accessed: bigint, modified: bigint, flags: number): TimeChange {
  const has = (flag: number) => (flags & flag) !== 0;
  if ((flags & ~ALL_TIME_FLAGS) !== 0) throw refuse(Errno.INVAL);
  if (has(TimeFlag.ATIM) && has(TimeFlag.ATIM_NOW)) throw refuse(Errno.INVAL);
  if (has(TimeFlag.MTIM) && has(TimeFlag.MTIM_NOW)) throw refuse(Errno.INVAL);
  return {
    ...(has(TimeFlag.ATIM) && { accessed: toU64(accessed) }),
    ...(has(TimeFlag.ATIM_NOW) && { accessed: "now" }),
    ...(has(TimeFlag.MTIM) && { modified: toU64(modified) }),
    ...(has(TimeFlag.MTIM_NOW) && { modified: "now" }),
  };
}

const FILESTAT_SIZE = 64;

export function writeFileStat(memory: GuestMemory, pointer: number, stat: FileStat): void {
  const at = memory.check(pointer, FILESTAT_SIZE);
  memory.setU64(at, BigInt(stat.device));
  memory.setU64(at + 8, BigInt(stat.inode));
  memory.setU64(at + 16, BigInt(stat.fileType));
  memory.setU64(at + 24, BigInt(stat.links));
  memory.setU64(at + 32, BigInt(stat.size));
  memory.setU64(at + 40, stat.accessed);
  memory.setU64(at + 48, stat.modified);
  memory.setU64(at + 56, stat.changed);
}
