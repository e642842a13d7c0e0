/** The machine lacks what the build needs; nothing is wrong, and the fallback runtime is there. */
export class NotPossibleHere extends Error {
  readonly exitCode = 3;

  constructor(why: string, cure: string) {
    super(
      `The Python image cannot be built here: ${why}. ${cure} Until then the slower fallback runtime is used.`,
    );
    this.name = "NotPossibleHere";
  }
}
