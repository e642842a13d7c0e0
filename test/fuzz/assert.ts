/** Without the test runner, which a thread of its own does not have. */
export function assert(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem);
}
