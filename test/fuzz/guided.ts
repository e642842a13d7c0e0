/**
 * Inputs out of inputs: those that are kept are changed, and what reaches code that nothing before it has reached is kept
 * too.
 */

import type { Course, Driven } from "./course.js";
import type { Place } from "./coverage.js";
import { type Finding, kindOf, toProblem } from "./findings.js";
import { mutated } from "./mutate.js";
import type { BytesTarget, Subject } from "./target.js";

/** Of so many inputs at a time it is asked what they have reached. */
const firstBatch = 32;
const mostInBatch = 4_096;
const batchMs = 60;

const mostFindings = 5;
const mostTriesToShorten = 2_000;

type Input = Uint8Array;

export async function driveBytes(target: BytesTarget, course: Course): Promise<Driven> {
  const subject = await target.open();
  const { coverage } = course;
  const trial = new Trial(subject, course);
  const encoder = new TextEncoder();
  const words = target.words.map((word) => (typeof word === "string" ? encoder.encode(word) : word));
  try {
    const seeds = [...(await target.seeds()), ...course.kept];
    const kept: Input[] = [];
    for (const seed of seeds) await trial.of(seed);
    coverage?.takeNew(target.reaches);
    for (let size = firstBatch; !trial.isOver; ) {
      const pool = kept.length > 0 ? [...seeds, ...kept] : seeds;
      const batch = Array.from({ length: size }, () =>
        mutated(course.random.pick(pool) ?? new Uint8Array(), course.random, { inputs: pool, words }),
      );
      const begun = performance.now();
      await trial.ofAll(batch);
      const reached = coverage?.takeNew(target.reaches) ?? [];
      const took = performance.now() - begun;
      if (coverage && reached.length > 0)
        kept.push(
          ...(await whoReached(reached, batch, trial, (places) => coverage.takeOf(target.reaches, places))),
        );
      if (took < batchMs / 2) size = Math.min(size * 2, mostInBatch);
      else if (took > batchMs * 2) size = Math.max(size >> 1, 1);
    }
    return {
      inputs: trial.inputs,
      ...(coverage && { reached: coverage.reached }),
      kept,
      findings: trial.findings,
    };
  } finally {
    await subject.close();
  }
}

/** For each of the places an input that reaches it: the batch is tried again in halves. */
async function whoReached(
  places: readonly Place[],
  batch: readonly Input[],
  trial: Trial,
  reachedOf: (places: readonly Place[]) => readonly Place[],
): Promise<readonly Input[]> {
  if (places.length === 0 || batch.length === 0 || trial.isOver) return [];
  if (batch.length === 1) return batch;
  const half = batch.slice(0, batch.length >> 1);
  reachedOf([]);
  await trial.ofAll(half);
  const inHalf = reachedOf(places);
  const elsewhere = places.filter((place) => !inHalf.includes(place));
  return [
    ...(await whoReached(inHalf, half, trial, reachedOf)),
    ...(await whoReached(elsewhere, batch.slice(half.length), trial, reachedOf)),
  ];
}

class Trial {
  readonly #subject: Subject<Input>;
  readonly #course: Course;
  readonly #findings = new Map<string, Finding>();
  inputs = 0;

  constructor(subject: Subject<Input>, course: Course) {
    this.#subject = subject;
    this.#course = course;
  }

  get isOver(): boolean {
    return this.#course.isOver(this.inputs) || this.#findings.size >= mostFindings;
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  async ofAll(inputs: readonly Input[]): Promise<void> {
    for (const input of inputs) {
      if (this.isOver) return;
      await this.of(input);
    }
  }

  async of(input: Input): Promise<void> {
    const failure = await this.#failureOf(input);
    if (failure === undefined) return;
    const kind = kindOf(failure.thrown);
    if (this.#findings.has(kind)) return;
    const finding = { problem: toProblem(failure.thrown), input: await this.#shortened(input, kind) };
    this.#findings.set(kind, finding);
  }

  async #failureOf(input: Input): Promise<{ readonly thrown: unknown } | undefined> {
    this.inputs += 1;
    this.#course.onInput(input);
    try {
      // Whoever is given it may change it.
      const checking = this.#subject.check(input.slice());
      if (checking !== undefined) await checking;
      return undefined;
    } catch (thrown) {
      return { thrown };
    }
  }

  /** Without all that it fails without. */
  async #shortened(input: Input, kind: string): Promise<Input> {
    let least = input;
    let tries = 0;
    for (let size = least.length; size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
      for (let at = 0; at < least.length && tries < mostTriesToShorten; tries++) {
        const shorter = Uint8Array.from([...least.subarray(0, at), ...least.subarray(at + size)]);
        const failure = await this.#failureOf(shorter);
        if (failure !== undefined && kindOf(failure.thrown) === kind) least = shorter;
        else at += size;
      }
    }
    return least;
  }
}
