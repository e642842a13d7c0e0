/** The same in every copy of this package. */
const marker = Symbol.for("wasmforge.ProviderError");

export interface ProviderErrorOptions {
  readonly cause?: unknown;
  /** When the server asked to be tried again. */
  readonly retryAfterMs?: number;
}

/** The one thing that a provider may throw. Its message reaches plugins: no address, path, key or prompt in it. */
export class ProviderError extends Error {
  readonly code: ProviderErrorCode;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ProviderErrorCode, message: string, { cause, retryAfterMs }: ProviderErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "ProviderError";
    this.code = code;
    this.retryable = isRetryable[code] ?? false;
    this.retryAfterMs = retryAfterMs;
  }

  /** By marker, not by class: an adapter may come with a copy of this package of its own. */
  static is(value: unknown): value is ProviderError {
    return value instanceof Error && marker in value;
  }

  readonly [marker] = true;
}

export type ProviderErrorCode =
  /** The server does not have this model. */
  | "model_not_found"
  /** Too many requests wait already. */
  | "overloaded"
  /** The server cannot be reached, failed, or went away. */
  | "unavailable"
  /** No answer in time. */
  | "timeout"
  /** The server or the model declines to answer this. */
  | "refused"
  /** The request is not one that the server can answer, for example an image for a model without eyes. */
  | "bad_request"
  /** The server wants a key, or another one. */
  | "unauthorized"
  /** The answer is malformed, too large, or ends in the middle. */
  | "bad_response"
  /** The signal ended it. */
  | "aborted";

const isRetryable: Readonly<Record<ProviderErrorCode, boolean>> = {
  model_not_found: false,
  overloaded: true,
  unavailable: true,
  timeout: true,
  refused: false,
  bad_request: false,
  unauthorized: false,
  bad_response: false,
  aborted: false,
};

export function isProviderErrorCode(code: unknown): code is ProviderErrorCode {
  return typeof code === "string" && Object.hasOwn(isRetryable, code);
}
