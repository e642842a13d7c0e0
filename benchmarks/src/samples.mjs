import { round, summarize } from "./statistics.mjs";

/** @import { Row } from "./types.js" */

/** What was measured, by name and round. */
export class Samples {
  /** @type {Map<string, number[][]>} */
  #rounds = new Map();

  /**
   * @param {string} name
   * @param {readonly number[]} values one round's
   */
  add(name, values) {
    const rounds = this.#rounds.get(name) ?? [];
    rounds.push([...values]);
    this.#rounds.set(name, rounds);
  }

  /** @param {string} name */
  rounds(name) {
    return this.#rounds.get(name) ?? [];
  }

  /** @param {string} name */
  has(name) {
    return this.#rounds.has(name);
  }

  /**
   * @param {Row["unit"]} unit
   * @returns {Row[]}
   */
  rows(unit) {
    return [...this.#rounds].map(([subject, rounds]) => ({ subject, unit, ...summarize(rounds.flat()) }));
  }
}

/**
 * The ratio of two rows' medians under its name; nothing where one of them is absent.
 * @param {string} name
 * @param {readonly Row[]} rows
 * @param {string} over
 * @param {string} under
 * @returns {Record<string, number>}
 */
export function ratioOfMedians(name, rows, over, under) {
  const numerator = rows.find((row) => row.subject === over);
  const denominator = rows.find((row) => row.subject === under);
  return numerator && denominator ? { [name]: round(numerator.p50 / denominator.p50) } : {};
}
