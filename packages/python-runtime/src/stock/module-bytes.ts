/**
 * Rewrites a `python.wasm` so that a host can cap it, and so that recursion in C ends as it does elsewhere.
 *
 * A WASI command makes its own memory, so its size cannot be capped by handing one in: the maximum has to be in the
 * module. Its stack pointer is exported on the way, which later tells an exhausted stack from other traps, and what
 * only debuggers read is left out.
 * https://webassembly.github.io/spec/core/binary/modules.html
 */
import { concat, name, op, section, unsigned } from "../image/wasm-encoding.js";

const Section = { CUSTOM: 0, MEMORY: 5, GLOBAL: 6, EXPORT: 7, CODE: 10 } as const;
const headerBytes = 8;
const pageBytes = 65_536;

export const stackPointerExport = "forge_stack_pointer";
// LLVM makes it the first global of every module it links.
const stackPointerIndex = 0;

export class ModuleError extends Error {
  constructor(problem: string) {
    super(`python.wasm ${problem}`);
    this.name = "ModuleError";
  }
}

export interface Rewriting {
  readonly maxPages: number;
  /**
   * Gives the interpreter a stack of this many pages behind its memory as it was, instead of the one that it was
   * linked with. Only for modules whose allocator is known to leave what lies behind its first memory alone.
   */
  readonly stackPages: number;
}

export interface RewrittenModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The stack grows down to this address. */
  readonly stackFloor: number;
}

export function rewriteModule(module: Uint8Array, { maxPages, stackPages }: Rewriting): RewrittenModule {
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  if (!magic.every((byte, at) => module[at] === byte)) {
    throw new ModuleError("is not a WebAssembly module");
  }
  const kept = [...sections(module)].filter(({ id }) => id !== Section.CUSTOM);
  const memory = kept.find(({ id }) => id === Section.MEMORY);
  if (!memory) {
    throw new ModuleError("has no memory of its own");
  }
  const ownPages = parseMemory(memory.content);
  const initialPages = ownPages + stackPages;
  if (initialPages > maxPages) {
    throw new ModuleError(
      `needs ${initialPages / 16} MB of memory to start: memoryMb must be more than ${maxPages / 16}`,
    );
  }
  const rewritten: Partial<Record<number, (content: Uint8Array) => Uint8Array>> = {
    [Section.MEMORY]: () => Uint8Array.of(1, 1, ...unsigned(initialPages), ...unsigned(maxPages)),
    [Section.GLOBAL]: (content) =>
      stackPages > 0 ? withStackAt(content, initialPages * pageBytes) : content,
    [Section.EXPORT]: withStackPointer,
  };
  const pieces = kept.flatMap(({ id, content }) => [
    ...(id === Section.CODE ? [compiledLazily(content)] : []),
    section(id, rewritten[id]?.(content) ?? content),
  ]);
  return {
    bytes: concat([module.subarray(0, headerBytes), ...pieces]),
    stackFloor: stackPages > 0 ? ownPages * pageBytes : 0,
  };
}

function* sections(module: Uint8Array): Generator<{ id: number; content: Uint8Array }> {
  let at = headerBytes;
  while (at < module.length) {
    const id = module[at] ?? 0;
    const size = readUnsigned(module, at + 1);
    const end = size.next + size.value;
    if (end > module.length) {
      throw new ModuleError("is truncated");
    }
    yield { id, content: module.subarray(size.next, end) };
    at = end;
  }
}

/** One memory, neither shared nor of 64 bits. */
function parseMemory(content: Uint8Array): number {
  const [count, flags = 2] = content;
  if (count !== 1 || flags > 1) {
    throw new ModuleError("has a memory of an unknown kind");
  }
  return readUnsigned(content, 2).value;
}

function withStackAt(content: Uint8Array, top: number): Uint8Array {
  const [i32, mutable, constant, end] = [0x7f, 1, 0x41, 0x0b];
  const count = readUnsigned(content, 0);
  const initial = content.indexOf(end, count.next);
  const start = content.subarray(count.next, count.next + 3);
  if (start[0] !== i32 || start[1] !== mutable || start[2] !== constant || initial === -1) {
    throw new ModuleError("has no stack pointer where it was expected");
  }
  return concat([content.subarray(0, count.next + 2), op.constant(top), content.subarray(initial)]);
}

function withStackPointer(content: Uint8Array): Uint8Array {
  const count = readUnsigned(content, 0);
  const globalKind = 3;
  return concat([
    unsigned(count.value + 1),
    content.subarray(count.next),
    name(stackPointerExport),
    Uint8Array.of(globalKind, stackPointerIndex),
  ]);
}

/** For an engine that `tuneEngine()` has made read such hints: without one for each function it would compile all. */
function compiledLazily(code: Uint8Array): Uint8Array {
  const count = readUnsigned(code, 0).value;
  if (count > code.length) {
    throw new ModuleError("is damaged");
  }
  const lazy = 1;
  const hints = new Uint8Array(count).fill(lazy);
  return section(Section.CUSTOM, concat([name("compilationHints"), unsigned(count), hints]));
}

/** LEB128 of 32 bits. */
function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
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
