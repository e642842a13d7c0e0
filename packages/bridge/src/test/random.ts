/** Repeatable chance: the seed of a failing test is in its name. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  number(below: number): number;
  pick<T>(values: readonly T[]): T;
}

/** mulberry32 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const number = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return { number, pick: (values) => values[number(values.length)] as (typeof values)[number] };
}
