/** @import { Summary } from "./types.js" */

/**
 * The value below which a share of the sample lies, interpolated between neighbours.
 * @param {readonly number[]} sorted
 * @param {number} share
 */
function quantile(sorted, share) {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined)
    throw new RangeError("a sample must have at least one value");
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * @param {readonly number[]} values
 * @param {number} share
 */
export function percentile(values, share) {
  return quantile(
    [...values].sort((a, b) => a - b),
    share,
  );
}

/** @param {readonly number[]} values */
export function median(values) {
  return percentile(values, 0.5);
}

/** @param {readonly number[]} values */
export function geometricMean(values) {
  if (values.length === 0) throw new RangeError("a geometric mean needs at least one value");
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/**
 * @param {readonly number[]} values
 * @returns {Summary}
 */
export function summarize(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    n: sorted.length,
    min: round(quantile(sorted, 0)),
    p50: round(quantile(sorted, 0.5)),
    p95: round(quantile(sorted, 0.95)),
  };
}

/**
 * Four significant digits: more would be noise dressed as precision.
 * @param {number} value
 */
export function round(value) {
  return Number(value.toPrecision(4));
}

/**
 * Compares two subjects round by round, so that a slow minute of the machine, which hits both, cancels out.
 * @param {readonly (readonly number[])[]} ours one sample for each round
 * @param {readonly (readonly number[])[]} theirs
 */
export function pairedRatio(ours, theirs) {
  if (ours.length !== theirs.length) throw new RangeError("both subjects need the same rounds");
  return median(ours.map((round, index) => median(round) / median(theirs[index] ?? [])));
}
