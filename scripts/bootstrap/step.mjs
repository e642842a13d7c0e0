/**
 * @typedef {object} Step
 * @property {() => boolean} isUpToDate  cheap, and without side effects
 * @property {() => Promise<void>} run   throws `StepFailed`; may be interrupted anywhere and started again
 */

/** The message is for the person at the terminal and says what to do next. */
export class StepFailed extends Error {}

/** @param {string} line */
export function announce(line) {
  console.log(`› ${line}`);
}
