import type { Random } from "../../packages/bridge/src/test/random.js";

export interface Material {
  /** Other inputs, of which pieces are taken. */
  readonly inputs: readonly Uint8Array[];
  readonly words: readonly Uint8Array[];
}

/** No input is longer: most of what goes wrong goes wrong in little. */
const mostBytes = 1 << 20;

type Change = (bytes: Uint8Array, random: Random, material: Material) => Uint8Array;

const edges = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000];
const moreEdges = [...edges, 0xffff_fff0, 0xffff_ffff];

const changes: readonly Change[] = [
  (bytes, random) => withByte(bytes, random.number(bytes.length + 1), random.number(256)),
  (bytes, random) => {
    const at = random.number(bytes.length + 1);
    return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random.number(8)));
  },
  (bytes, random) => {
    const at = random.number(bytes.length + 1);
    return withByte(bytes, at, (bytes[at] ?? 0) + random.number(17) - 8);
  },
  withoutSome,
  (bytes, random) => bytes.slice(0, random.number(bytes.length + 1)),
  (bytes, random, { words }) => withInserted(bytes, random, random.pick(words) ?? Uint8Array.of(0)),
  (bytes, random, { words }) => withReplaced(bytes, random, random.pick(words) ?? Uint8Array.of(0)),
  (bytes, random) => withReplaced(bytes, random, edgeOf(random)),
  (bytes, random) => withInserted(bytes, random, someOf(bytes, random)),
  (bytes, random, { inputs }) => withInserted(bytes, random, someOf(random.pick(inputs) ?? bytes, random)),
  (bytes, random, { inputs }) => {
    const other = random.pick(inputs) ?? bytes;
    return joined(
      bytes.slice(0, random.number(bytes.length + 1)),
      other.slice(random.number(other.length + 1)),
    );
  },
  (bytes, random) =>
    withInserted(bytes, random, new Uint8Array(1 + random.number(300)).fill(random.number(256))),
  (bytes, random) =>
    withInserted(
      bytes,
      random,
      Uint8Array.from({ length: 1 + random.number(8) }, () => random.number(256)),
    ),
];

/** Something like it: most often a little, sometimes a good deal different. */
export function mutated(bytes: Uint8Array, random: Random, material: Material): Uint8Array {
  let result = bytes;
  const rounds = 1 + (random.number(3) === 0 ? random.number(12) : random.number(3));
  for (let round = 0; round < rounds; round++) {
    result = random.pick(changes)(result, random, material);
  }
  return result.length > mostBytes ? result.slice(0, mostBytes) : result;
}

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const result = new Uint8Array(Math.max(bytes.length, at + 1));
  result.set(bytes);
  result[at] = byte;
  return result;
}

function withoutSome(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.number(bytes.length + 1);
  return joined(bytes.slice(0, at), bytes.slice(at + 1 + random.number(random.pick([4, 16, 64, 1024]))));
}

function withInserted(bytes: Uint8Array, random: Random, piece: Uint8Array): Uint8Array {
  const at = random.number(bytes.length + 1);
  return joined(bytes.slice(0, at), piece, bytes.slice(at));
}

function withReplaced(bytes: Uint8Array, random: Random, piece: Uint8Array): Uint8Array {
  const at = random.number(bytes.length + 1);
  return joined(bytes.slice(0, at), piece, bytes.slice(at + piece.length));
}

function someOf(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.number(bytes.length + 1);
  return bytes.slice(at, at + 1 + random.number(64));
}

/** A number that is an edge, in one, two, four or eight bytes and either order. */
function edgeOf(random: Random): Uint8Array {
  const size = random.pick([1, 2, 4, 4, 4, 8]);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(random.pick(moreEdges)), true);
  if (size === 8 && random.number(3) === 0)
    view.setBigUint64(0, 2n ** 64n - BigInt(1 + random.number(3)), true);
  const bytes = new Uint8Array(view.buffer, 0, size);
  return random.number(4) === 0 ? bytes.slice().reverse() : bytes;
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
