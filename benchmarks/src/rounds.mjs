import { SubjectClient } from "./subject-client.mjs";

/** @import { SubjectName } from "./subjects.mjs" */
/** @import { BenchContext } from "./types.js" */

/**
 * Asks each subject in turn, round after round, so that whatever disturbs the machine disturbs all of them.
 * @template {string} N
 * @param {readonly N[]} names
 * @param {number} rounds
 * @param {(name: N, round: number) => Promise<void>} visit
 */
export async function interleave(names, rounds, visit) {
  for (let round = 0; round < rounds; round += 1) {
    for (const name of rotate(names, round)) await visit(name, round);
  }
}

/**
 * Each round starts with another subject: nobody always follows the one that leaves the caches in the worst state.
 * @template T
 * @param {readonly T[]} items
 * @param {number} round
 */
export function rotate(items, round) {
  const first = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

/**
 * @template {string} N
 * @param {readonly N[]} names
 * @param {BenchContext} context
 * @returns {N[]}
 */
export function wanted(names, { only }) {
  return names.filter((name) => only === undefined || only.has(name));
}

/**
 * @param {SubjectName} name
 * @param {BenchContext} context
 */
export async function openSubject(name, context) {
  const snapshotFile = name === "pyodide snapshot" ? await context.snapshotFile() : undefined;
  return SubjectClient.open(name, { snapshotFile }, context.nodeFlags);
}

/**
 * Opens each subject in a process of its own. One that cannot be opened becomes a note, not a failure.
 * @template {SubjectName} N
 * @template T
 * @param {readonly N[]} names
 * @param {BenchContext} context
 * @param {(clients: ReadonlyMap<N, SubjectClient>, notes: string[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withSubjects(names, context, use) {
  /** @type {Map<N, SubjectClient>} */
  const clients = new Map();
  /** @type {string[]} */
  const notes = [];
  try {
    for (const name of wanted(names, context)) {
      context.progress(`opening ${name}`);
      try {
        clients.set(name, await openSubject(name, context));
      } catch (error) {
        notes.push(absence(name, error));
      }
    }
    return await use(clients, notes);
  } finally {
    await Promise.all([...clients.values()].map((client) => client.close()));
  }
}

/**
 * @param {string} name
 * @param {unknown} error
 */
export function absence(name, error) {
  return `${name} is absent: ${error instanceof Error ? error.message : String(error)}`;
}
