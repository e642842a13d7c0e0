/** Holds what a module did against what is expected of it. */

import { expectationOf } from "./catalogue.js";
import type { Expectation, ExpectedFailure } from "./expectations.js";
import { matches } from "./matches.js";
import type { Outcome } from "./outcome.js";

/** What is wrong, a sentence each; none if all is as expected. */
export function judge(outcome: Outcome, expectation: Expectation = expectationOf(outcome.module)): string[] {
  const { module, declined, broken, passed, failures, leftOut } = outcome;
  if (broken) return [`${module} broke off${broken.during && ` in ${broken.during}`}: ${broken.how}`];
  if (declined !== undefined) return [`${module} declined to run: ${declined}`];
  const { failures: expected = [], leftOut: toLeaveOut = {} } = expectation;
  const unexplained = [...failures].flatMap(([test, said]) =>
    said
      .filter((text) => !expected.some((each) => explains(each, test, text)))
      .map((text) => ({ test, text })),
  );
  const stale = expected.flatMap(({ tests, says }) =>
    tests
      .filter(
        (pattern) => ![...failures].some(([test, said]) => matches(pattern, test) && saysIn(said, says)),
      )
      .map((pattern) => `${module}: ${pattern} is listed as a failure (${says}) and is none any more`),
  );
  return [
    ...unexplained.map(({ test, text }) => `${module}: ${test} failed\n${text}`),
    ...stale,
    ...Object.values(toLeaveOut)
      .flat()
      .filter((pattern) => !leftOut.some((test) => matches(pattern, test)))
      .map((pattern) => `${module}: ${pattern} is listed as left out, and there is no such test`),
    ...(passed === 0 ? [`${module}: not one test has passed`] : []),
  ];
}

export function explanationOf(module: string, test: string, text: string): ExpectedFailure | undefined {
  return expectationOf(module).failures?.find((each) => explains(each, test, text));
}

function explains({ tests, says }: ExpectedFailure, test: string, text: string): boolean {
  return tests.some((pattern) => matches(pattern, test)) && text.includes(says);
}

function saysIn(said: readonly string[], says: string): boolean {
  return said.some((text) => text.includes(says));
}
