/**
 * Rewrites a `python.wasm` so that a host can cap it.
 *
 * A WASI command makes its own memory, so its size cannot be capped by handing one in: the maximum has to be in the
 * module. Its stack pointer is exported on the way, which later tells an exhausted stack from other traps, and what
 * only debuggers read is left out.
 * https://webassembly.github.io/spec/core/binary/modules.html
 */

import { joined } from "./bytes.js";

const Section = { CUSTOM: 0, MEMORY: 5, EXPORT: 7 } as const;
const headerBytes = 8;

export const stackPointerExport = "forge_stack_pointer";
// LLVM makes it the first global of every module it links.
const stackPointerIndex = 0;

export class ModuleError extends Error {
  constructor(problem: string) {
    super(`python.wasm ${problem}`);
    this.name = "ModuleError";
  }
}

export function withMemoryCap(module: Uint8Array, maxPages: number): Uint8Array<ArrayBuffer> {
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  if (!magic.every((byte, at) => module[at] === byte)) {
    throw new ModuleError("is not a WebAssembly module");
  }
  const pieces: Uint8Array[] = [module.subarray(0, headerBytes)];
  let capped = false;
  for (const { id, content } of sections(module)) {
    if (id === Section.CUSTOM) {
      continue;
    }
    if (id === Section.MEMORY) {
      capped = true;
      pieces.push(section(id, cappedMemory(content, maxPages)));
    } else {
      pieces.push(section(id, id === Section.EXPORT ? withStackPointer(content) : content));
    }
  }
  if (!capped) {
    throw new ModuleError("has no memory of its own");
  }
  return joined(pieces);
}

function* sections(module: Uint8Array): Generator<{ id: number; content: Uint8Array }> {
  let at = headerBytes;
  while (at < module.length) {
    const id = module[at] ?? 0;
    const size = readNumber(module, at + 1);
    const end = size.next + size.value;
    if (end > module.length) {
      throw new ModuleError("is truncated");
    }
    yield { id, content: module.subarray(size.next, end) };
    at = end;
  }
}

function cappedMemory(content: Uint8Array, maxPages: number): Uint8Array<ArrayBuffer> {
  const [count, flags] = content;
  const initial = readNumber(content, 2);
  if (count !== 1 || flags === undefined || flags > 1) {
    throw new ModuleError("has a memory of an unknown kind");
  }
  if (initial.value > maxPages) {
    throw new ModuleError(
      `needs ${initial.value / 16} MB of memory to start; give it more than ${maxPages / 16}`,
    );
  }
  const ownMax = flags === 1 ? readNumber(content, initial.next).value : maxPages;
  return Uint8Array.of(1, 1, ...numberBytes(initial.value), ...numberBytes(Math.min(ownMax, maxPages)));
}

function withStackPointer(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const count = readNumber(content, 0);
  const name = new TextEncoder().encode(stackPointerExport);
  const globalKind = 3;
  return joined([
    numberBytes(count.value + 1),
    content.subarray(count.next),
    numberBytes(name.length),
    name,
    Uint8Array.of(globalKind, stackPointerIndex),
  ]);
}

function section(id: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined([Uint8Array.of(id), numberBytes(content.length), content]);
}

/** Unsigned LEB128, 32 bits. */
function readNumber(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) {
      break;
    }
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      return { value, next: at + index + 1 };
    }
  }
  throw new ModuleError("is damaged");
}

function numberBytes(value: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest >= 0x80 ? 0x80 : 0;
    bytes.push((rest % 0x80) | more);
    rest = Math.floor(rest / 0x80);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
