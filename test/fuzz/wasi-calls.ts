/** Calls of preview 1 that often make sense, and as often do not. */
import fc from "fast-check";
import { type FunctionName, type Parameter, wasiFunctions } from "../wasi/functions.js";

export interface WasiCall {
  readonly name: FunctionName;
  /** Numbers; those of 64 bits as text. */
  readonly args: readonly (number | string)[];
}

/** What lies where in the guest's memory; see `prepare`. */
const place = { result: 512, paths: 2_048, iovecs: 12_288, polls: 16_384, buffer: 32_768 };
const memoryEnd = 2 * 65_536;

const paths: readonly Uint8Array[] = [
  "a.txt",
  "own",
  "d",
  "d/x",
  "d/y",
  "e",
  "e/",
  "d/..",
  "d/../own",
  "./own",
  "own/",
  "own/.",
  "d/.",
  ".",
  "..",
  "../a.txt",
  "d/../..",
  "/",
  "/a.txt",
  "",
  "//",
  "d//x",
  "n\0",
  "é",
  "\ufeffown",
  "x".repeat(255),
  "x".repeat(256),
  "e/".repeat(100),
  Uint8Array.of(0xff, 0xfe),
  Uint8Array.of(0xed, 0xa0, 0x80),
].map((path) => (typeof path === "string" ? new TextEncoder().encode(path) : path));

interface Span {
  readonly at: number;
  readonly length: number;
}

const pathSpans: readonly Span[] = (() => {
  let at = place.paths;
  return paths.map(({ length }) => {
    const span = { at, length };
    at += length + 1;
    return span;
  });
})();

/** Buffers of every kind: plain, empty, huge, over one another, over their own list, out of bounds. */
const iovecs: readonly Span[] = [
  { at: place.buffer, length: 100 },
  { at: place.buffer + 50, length: 5_000 },
  { at: place.buffer, length: 0 },
  { at: place.iovecs, length: 64 },
  { at: 0, length: memoryEnd },
  { at: memoryEnd - 1, length: 1 },
  { at: memoryEnd - 1, length: 2 },
  { at: 0xffff_ffff, length: 1 },
  { at: 0, length: 0xffff_ffff },
];

/** Puts the above into a memory. */
export function prepare(memory: WebAssembly.Memory): void {
  const bytes = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  paths.forEach((path, index) => {
    bytes.set(path, pathSpans[index]?.at);
  });
  iovecs.forEach(({ at, length }, index) => {
    view.setUint32(place.iovecs + index * 8, at, true);
    view.setUint32(place.iovecs + index * 8 + 4, length, true);
  });
  const polls = [
    { type: 0, id: 0, time: 1_000n, flags: 0 },
    { type: 0, id: 1, time: 0n, flags: 1 },
    { type: 0, id: 1, time: 3n << 62n, flags: 0 },
    { type: 0, id: 3, time: 5n, flags: 0 },
    { type: 1, id: 0, time: 0n, flags: 0 },
    { type: 2, id: 1, time: 0n, flags: 0 },
    { type: 1, id: 4, time: 0n, flags: 0 },
    { type: 2, id: 99, time: 0n, flags: 0 },
    { type: 3, id: 0, time: 0n, flags: 0 },
  ];
  polls.forEach(({ type, id, time, flags }, index) => {
    const at = place.polls + index * 48;
    view.setBigUint64(at, BigInt(index), true);
    view.setUint8(at + 8, type);
    view.setUint32(at + 16, id, true);
    view.setBigUint64(at + 24, time, true);
    view.setUint16(at + 40, flags, true);
  });
}

const edge32 = fc.constantFrom(
  ...[0, 1, 2, 7, 8, -1, -2, -8, 0x7fff_ffff, -0x8000_0000, 1_024, 1_025, 4_096, 4_097],
  ...[memoryEnd - 64, memoryEnd - 8, memoryEnd - 4, memoryEnd - 1, memoryEnd, memoryEnd + 1],
);
const any32 = fc.oneof(edge32, fc.integer());
const pointer = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(place.result, place.buffer, place.buffer + 1, place.iovecs) },
  { weight: 1, arbitrary: any32 },
);
const listed = (at: number, size: number, count: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: count - 1 }).map((index) => at + index * size) },
    { weight: 1, arbitrary: pointer },
  );
const flags = (bits: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 2 ** bits - 1 }) },
    { weight: 1, arbitrary: any32 },
  );
const length = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 1, arbitrary: any32 },
);
/** Stands for the length of the path that the pointer before leads to. */
const rightLength = "right";

const i32s: Readonly<Record<string, fc.Arbitrary<number | string>>> = {
  fd: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 7 }) }, { weight: 1, arbitrary: any32 }),
  path: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pathSpans.map(({ at }) => at)) },
    { weight: 1, arbitrary: pointer },
  ),
  pathLength: fc.oneof({ weight: 8, arbitrary: fc.constant(rightLength) }, { weight: 1, arbitrary: any32 }),
  iovs: listed(place.iovecs, 8, iovecs.length),
  iovsLength: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 1, arbitrary: any32 },
  ),
  subscriptions: listed(place.polls, 48, 9),
  count: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) }, { weight: 1, arbitrary: any32 }),
  length,
  openFlags: flags(4),
  fdFlags: flags(5),
  flags: flags(5),
  timeFlags: flags(4),
  dirFlags: flags(1),
  whence: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 2 }) }, { weight: 1, arbitrary: any32 }),
  id: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: any32 }),
  advice: flags(3),
  code: any32,
  signal: any32,
  how: any32,
};
const sameAs: Readonly<Record<string, string>> = {
  from: "fd",
  to: "fd",
  oldFd: "fd",
  newFd: "fd",
  oldPath: "path",
  newPath: "path",
  oldPathLength: "pathLength",
  newPathLength: "pathLength",
  oldFlags: "flags",
};

const bits64 = (value: bigint) => String(BigInt.asIntN(64, value));
const rights = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(2n ** 30n - 1n, 2n ** 28n - 1n, 0x820_0006n, 0x4000n, 2n, 0n) },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
);
const offset = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 20_000n }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      -1n,
      -5n,
      2n ** 31n,
      2n ** 40n,
      2n ** 53n,
      2n ** 62n,
      2n ** 63n - 1n,
      2n ** 63n,
    ),
  },
  { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) },
);

function argument({ name, type }: Parameter): fc.Arbitrary<number | string> {
  if (type === "i64") return (name === "base" || name === "inheriting" ? rights : offset).map(bits64);
  return i32s[sameAs[name] ?? name] ?? pointer;
}

const callOf: readonly fc.Arbitrary<WasiCall>[] = wasiFunctions.map(({ name, parameters }) =>
  fc.tuple(...parameters.map(argument)).map((args) => ({
    name,
    args: args.map((value, index) => (value === rightLength ? lengthOfPathAt(args[index - 1]) : value)),
  })),
);

function lengthOfPathAt(at: number | string | undefined): number {
  return pathSpans.find((span) => span.at === at)?.length ?? 5;
}

/** Most calls are worth little without an open file, and some do the same whatever they are given. */
const opening = (name: FunctionName) => name === "path_open";
const dull = (name: FunctionName) => /^(sock|proc|args|environ|sched)_/.test(name);
const callsThat = (wanted: (name: FunctionName) => boolean) =>
  fc.oneof(...callOf.filter((_, index) => wanted(wasiFunctions[index]?.name ?? "sched_yield")));

export const wasiCalls: fc.Arbitrary<readonly WasiCall[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: callsThat(opening) },
    { weight: 10, arbitrary: callsThat((name) => !opening(name) && !dull(name)) },
    { weight: 1, arbitrary: callsThat(dull) },
  ),
  { minLength: 1, maxLength: 40, size: "medium" },
);

export function toArguments({ name, args }: WasiCall): (number | bigint)[] {
  const parameters = wasiFunctions.find((one) => one.name === name)?.parameters ?? [];
  return args.map((value, index) => (parameters[index]?.type === "i64" ? BigInt(value) : Number(value)));
}
