/** The blocks of a page as one number of 64 bits, in halves: bit n says whether block n is meant. */
export interface BlockSet {
  readonly low: number;
  readonly high: number;
}

export function countBlocks({ low, high }: BlockSet): number {
  return countBits(low) + countBits(high);
}

/** Calls `visit` with the first block of each run of neighbours and the one after its last. */
export function forEachRun({ low, high }: BlockSet, visit: (start: number, end: number) => void): void {
  let start = -1;
  for (let block = 0; block < 64; block++) {
    const isMeant = (((block < 32 ? low : high) >>> (block % 32)) & 1) !== 0;
    if (isMeant && start < 0) start = block;
    if (!isMeant && start >= 0) {
      visit(start, block);
      start = -1;
    }
  }
  if (start >= 0) visit(start, 64);
}

function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
