import { createRandom } from "../../../packages/bridge/src/test/random.js";

/** Choices that are the same for the same seed. */
export interface Chance {
  /** From `least` to `most`, both included. */
  number(least: number, most: number): number;
  pick<T>(values: readonly T[]): T;
  /** One of these, made only when it was chosen. */
  one<T>(...makers: readonly (() => T)[]): T;
  list<T>(least: number, most: number, make: (index: number) => T): T[];
  isOne(outOf: number): boolean;
}

export function createChance(seed: number): Chance {
  const random = createRandom(seed);
  // The first numbers of neighbouring seeds resemble one another.
  for (let turn = 0; turn < 8; turn++) random.number(2);
  const number = (least: number, most: number) => least + random.number(most - least + 1);
  return {
    number,
    pick: (values) => random.pick(values),
    one: (...makers) => random.pick(makers)(),
    list: (least, most, make) => Array.from({ length: number(least, most) }, (_, index) => make(index)),
    isOne: (outOf) => random.number(outOf) === 0,
  };
}
