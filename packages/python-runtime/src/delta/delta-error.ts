export type DeltaErrorCode =
  /** Cut off, changed on its way, or never a delta. */
  | "damaged"
  /** Written by another version of this package. */
  | "version"
  /** It says what differs from another image than this one. */
  | "foreign_image"
  /** It was sealed for somebody else. */
  | "foreign_owner"
  /** It was not sealed with this key, or it was sealed with a key and none is given. */
  | "not_authentic"
  /** It needs more memory than an instance may have. */
  | "too_large";

/** A delta was refused. Nothing of it has reached an instance. */
export class DeltaError extends Error {
  constructor(
    readonly code: DeltaErrorCode,
    problem: string,
  ) {
    super(`The delta ${problem}. It was refused; start a fresh session instead.`);
    this.name = "DeltaError";
  }
}
