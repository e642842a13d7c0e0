/** A request that cannot be met, through no fault of the server's. The message is for whoever made it. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    message: string,
    { cause, retryAfterSeconds }: { readonly cause?: unknown; readonly retryAfterSeconds?: number } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Problem";
    this.retryAfterSeconds = retryAfterSeconds;
  }

  readonly retryAfterSeconds: number | undefined;
}

export type ProblemCode =
  /** The request is not what it must be. */
  | "invalid"
  /** A token is needed, or this one is not known. */
  | "unauthorized"
  /** Known, but not allowed to do this. */
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "too_large"
  /** Its address and headers are. */
  | "head_too_large"
  | "unsupported_media_type"
  /** More requests than the limits allow. */
  | "too_many"
  /** Too much to do, being stopped, or without its database: later it may work. */
  | "unavailable";
