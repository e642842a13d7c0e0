import fc from "fast-check";
import type { Course, Driven } from "./course.js";
import { type Finding, kindOf, toProblem } from "./findings.js";
import type { ValuesTarget } from "./target.js";

const mostFindings = 5;

/** How long a value that fails may be made smaller. */
const shrinkingMs = 20_000;

export async function driveValues(target: ValuesTarget, course: Course): Promise<Driven> {
  const subject = await target.open();
  const findings = new Map<string, Finding>();
  const encoder = new TextEncoder();
  let inputs = 0;
  let failedAt: number | undefined;
  const check = async (value: unknown) => {
    inputs += 1;
    course.onInput(encoder.encode(JSON.stringify(value)));
    try {
      await subject.check(value);
    } catch (thrown) {
      // One that is known is looked for no further, or it would hide all others.
      if (findings.has(kindOf(thrown))) return;
      failedAt ??= performance.now();
      throw thrown;
    }
  };
  try {
    for (let turn = 0; !course.isOver(inputs) && findings.size < mostFindings; turn++) {
      failedAt = undefined;
      const isEnough = () =>
        failedAt === undefined ? course.isOver(inputs) : performance.now() - failedAt > shrinkingMs;
      const details = await fc.check(
        fc.asyncProperty(target.values, async (value) => {
          if (!isEnough()) await check(value);
        }),
        { seed: course.seed + turn, numRuns: inputsPerTurn },
      );
      if (!details.failed) continue;
      const thrown = details.errorInstance;
      const [value] = details.counterexample ?? [];
      findings.set(kindOf(thrown), {
        problem: toProblem(thrown),
        input: encoder.encode(JSON.stringify(value)),
      });
    }
    return { inputs, kept: [], findings: [...findings.values()] };
  } finally {
    await subject.close();
  }
}

/** Then it is looked whether the time is over: what is made and not tried costs little. */
const inputsPerTurn = 200;
