/**
 * As much of WebAssembly's binary format as the restorer needs.
 * https://webassembly.github.io/spec/core/binary/
 */

export const i32 = 0x7f;
export const i64 = 0x7e;
const noResult = 0x40;

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function unsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

function signed(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return Uint8Array.from(bytes);
  }
}

export function byteString(bytes: Uint8Array): Uint8Array {
  return concat([unsigned(bytes.length), bytes]);
}

export function name(text: string): Uint8Array {
  return byteString(new TextEncoder().encode(text));
}

export function vector(items: readonly Uint8Array[]): Uint8Array {
  return concat([unsigned(items.length), ...items]);
}

export function section(id: number, contents: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(id), byteString(contents)]);
}

export function functionType(parameters: readonly number[], results: readonly number[]): Uint8Array {
  return Uint8Array.of(0x60, parameters.length, ...parameters, results.length, ...results);
}

/** A function's body. `locals` are the types of those that are no parameters. */
export function fn(locals: readonly number[], ...code: readonly Uint8Array[]): Uint8Array {
  return byteString(concat([vector(locals.map((type) => Uint8Array.of(1, type))), ...code, op.end]));
}

const plain = (...bytes: number[]) => Uint8Array.from(bytes);
const withIndex = (code: number) => (index: number) => concat([plain(code), unsigned(index)]);
const withOffset =
  (...codeAndAlignment: number[]) =>
  (offset: number) =>
    concat([plain(...codeAndAlignment), unsigned(offset)]);

export const op = {
  none: plain(),
  block: plain(0x02, noResult),
  loop: plain(0x03, noResult),
  if: plain(0x04, noResult),
  end: plain(0x0b),
  branch: withIndex(0x0c),
  branchIf: withIndex(0x0d),
  return: plain(0x0f),
  call: withIndex(0x10),
  get: withIndex(0x20),
  set: withIndex(0x21),
  tee: withIndex(0x22),
  /** Both at addresses that are multiples of four. */
  store: withOffset(0x36, 0x02),
  storeLong: withOffset(0x37, 0x02),
  memorySize: plain(0x3f, 0x00),
  constant: (value: number) => concat([plain(0x41), signed(value)]),
  longConstant: (value: number) => concat([plain(0x42), signed(value)]),
  notEqual: plain(0x47),
  /** Numbers are compared as unsigned ones. */
  less: plain(0x49),
  atLeast: plain(0x4f),
  isLongZero: plain(0x50),
  add: plain(0x6a),
  subtract: plain(0x6b),
  multiply: plain(0x6c),
  addLong: plain(0x7c),
  orLong: plain(0x84),
  shiftLong: plain(0x86),
  toLong: plain(0xad),
  memoryInit: (segment: number) => concat([plain(0xfc, 0x08), unsigned(segment), plain(0x00)]),
  memoryFill: plain(0xfc, 0x0b, 0x00),
  /** Sixteen bytes at an address that is a multiple of sixteen. */
  loadVector: withOffset(0xfd, 0x00, 0x04),
  orVector: plain(0xfd, 0x50),
  xorVector: plain(0xfd, 0x51),
  anyTrue: plain(0xfd, 0x53),
} as const;
