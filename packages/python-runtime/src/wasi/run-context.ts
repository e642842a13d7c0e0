import { ClockId } from "./abi.js";
import { nothingCarried } from "./carried.js";
import { Clock } from "./clock/clock.js";
import { Deadline } from "./clock/deadline.js";
import { FixedClock } from "./clock/fixed-clock.js";
import { LiveClock } from "./clock/live-clock.js";
import { DescriptorTable } from "./descriptors/descriptor-table.js";
import { EmptyInput } from "./descriptors/empty-input.js";
import { OutputStream } from "./descriptors/output-stream.js";
import { PreopenedDirectory } from "./descriptors/preopened-directory.js";
import type { RunGrants } from "./grants.js";
import type { WasiPowers } from "./powers.js";
import { LiveRandom } from "./random/live-random.js";
import { RandomSource } from "./random/random-source.js";
import { SeededRandom } from "./random/seeded-random.js";
import { Directory } from "./tree/directory.js";
import { readOnlyTree } from "./tree/read-only-tree.js";

/** What the functions that the guest calls have to work with during one run. */
export interface RunContext {
  readonly descriptors: DescriptorTable;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** NUL-terminated, as libc wants them. */
  readonly args: readonly Uint8Array[];
  readonly env: readonly Uint8Array[];
}

const EMPTY_TREE = readOnlyTree({});
const NO_STRINGS: readonly Uint8Array[] = [];

/** Between runs nothing is open and nothing is known. */
export function nothingGranted(): RunContext {
  return {
    descriptors: new DescriptorTable(),
    clock: new Clock(),
    random: new RandomSource(),
    args: NO_STRINGS,
    env: NO_STRINGS,
  };
}

export function openRun(powers: WasiPowers, grants: RunGrants): RunContext {
  const clock = toClock(powers, grants);
  const root = toTree(grants.files);
  root.useClock(() => clock.read(ClockId.REALTIME));
  return {
    descriptors: new DescriptorTable(
      [
        new EmptyInput(1),
        new OutputStream(2, "stdout", grants.print),
        new OutputStream(3, "stderr", grants.print),
        new PreopenedDirectory(root),
      ],
      grants.carried?.lost,
    ),
    clock,
    random: toRandom(powers, grants.random),
    args: toCStrings(grants.args),
    env: toCStrings(grants.env && Object.entries(grants.env).map(([name, value]) => `${name}=${value}`)),
  };
}

function toClock(powers: WasiPowers, { clock, deadline, carried = nothingCarried }: RunGrants): Clock {
  const end = new Deadline(powers, deadline);
  return clock === "live" ? new LiveClock(powers, end, carried) : new FixedClock(clock, end, carried);
}

function toRandom(powers: WasiPowers, random: RunGrants["random"]): RandomSource {
  if (random === "live") return new LiveRandom(powers);
  if (typeof random.seed === "number" && !Number.isSafeInteger(random.seed)) {
    throw new TypeError("seed must be a safe integer or a bigint");
  }
  return new SeededRandom(BigInt(random.seed));
}

function toTree(files: RunGrants["files"]): Directory {
  if (files === undefined) return EMPTY_TREE;
  return files instanceof Directory ? files : readOnlyTree(files);
}

function toCStrings(strings: readonly string[] | undefined): readonly Uint8Array[] {
  if (strings === undefined) return NO_STRINGS;
  const encoder = new TextEncoder();
  return strings.map((text) => {
    if (text.includes("\0")) throw new TypeError("args and env cannot contain NUL");
    return encoder.encode(`${text}\0`);
  });
}
